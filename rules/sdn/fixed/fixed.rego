# METADATA
# scope: package
# title: Virtual networks are fixed in the configuration
# description: |
#  The bridges of {count} virtual networks ({vnets}) are part of the configuration as
#  they are now. Apply in the SDN panel writes files for ifupdown2 and changes
#  nothing on this host: a new tag, subnet or network has to be added by hand, and
#  the nodes of a cluster can drift apart.
# custom:
#  id: PVE-SDN-007
#  kind: pitfall
#  category: feature
#  severity: minor
#  component: SDN
#  equivalent: systemd.network.netdevs
#  account: none
#  workaround: |
#   After a change in the SDN panel change systemd.network.netdevs and networks of the
#   same names on this host, and switch. Convert again from a Debian node's
#   /etc/network/interfaces.d/sdn when there are many.
#  test:
#   before: |
#    `ip -br link show type bridge` in the trial boot does not print a network that
#    was added in the panel.
#   after: |
#    `ip -br link show type bridge` prints it after the configuration names it.
#  phase: run
#  targets: [proxmox]
#  sources:
#   - https://pve.proxmox.com/pve-docs/chapter-pvesdn.html
package rules.sdn.fixed

import data.lib.sdn

findings contains {"at": at, "vars": {"count": count(sdn.made), "vnets": concat(", ", sort(sdn.made))}} if {
	count(sdn.made) > 0
	at := sort(union({sdn.vnets[id].nodes | some id in sdn.made}))
}
