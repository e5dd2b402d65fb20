# METADATA
# scope: package
# title: Lines that PVE merges into the routing configuration
# description: |
#  /etc/frr/frr.conf.local holds {count} lines of this host: neighbours, prefix lists
#  and route maps that PVE merges into /etc/frr/frr.conf at each Apply of the SDN.
#  Nothing merges on NixOS. Whoever writes services.frr.config from the SDN panel or
#  from another node loses them: routes are announced that were held back, or the
#  router outside is no neighbour.
# custom:
#  id: PVE-SDN-009
#  kind: pitfall
#  category: configuration
#  severity: major
#  component: SDN controllers
#  equivalent: services.frr.config
#  account: review
#  workaround: |
#   Take /etc/frr/frr.conf of this very host into services.frr.config: it has both.
#   Keep the .local file beside the configuration, so that the next person knows which
#   lines are by hand.
#  test:
#   before: |
#    `vtysh -c "show running-config" | grep -F "$(head -1 /etc/frr/frr.conf.local)"`
#    on PVE prints the line.
#   after: |
#    `vtysh -c "show running-config"` prints the same lines in the trial boot.
#  phase: boot
#  sources:
#   - https://git.proxmox.com/?p=pve-network.git
#   - https://pve.proxmox.com/pve-docs/chapter-pvesdn.html
package rules.sdn.frr_additions

import data.lib.sdn

_used if count(input.network.sdn.controllers) > 0

_used if count(input.network.sdn.fabrics) > 0

_used if {
	some z in sdn.zones
	z.type == "evpn"
}

findings contains {"at": sort(lines), "vars": {"count": count(lines)}} if {
	_used
	some i, f in input.config_files
	f.path == "/etc/frr/frr.conf.local"
	lines := [sprintf("/config_files/%d/properties/%d", [i, j]) | some j, _ in f.properties]
	count(lines) > 0
}
