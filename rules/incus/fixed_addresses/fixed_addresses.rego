# METADATA
# scope: package
# title: "Addresses of containers are only in their own files: {vmids}"
# description: |
#  PVE writes addresses, routes, host name and name servers into a container at each
#  start. Incus writes nothing: the container keeps what the last start under PVE
#  left in its files. A container whose system PVE does not know (unmanaged) or that
#  was made anew from an image has nothing.
# custom:
#  id: PVE-INC-011
#  kind: pitfall
#  category: configuration
#  severity: minor
#  component: network inside of containers
#  account: none
#  workaround: |
#   Nothing for a container that is imported from its last state. To change an
#   address later, edit the files inside: /etc/network/interfaces,
#   /etc/systemd/network, netplan or NetworkManager. Keep `pct config VMID` beside
#   you.
#  test:
#   before: |
#    `pct exec VMID -- cat /etc/network/interfaces` on PVE prints the address of
#    net0.
#   after: |
#    `incus exec NAME -- ip -br address` on the trial system prints the same address.
#  phase: run
#  targets: [incus]
#  sources:
#   - https://pve.proxmox.com/pve-docs/chapter-pct.html#_guest_operating_system_configuration
#   - https://linuxcontainers.org/incus/docs/main/reference/devices_nic/
package rules.incus.fixed_addresses

import data.lib.facts
import data.lib.pve

_cards[vmid] contains p.at if {
	some vmid, g in pve.containers
	some key, p in g.config
	regex.match(`^net[0-9]{1,2}$`, key)
	some field in ["ip", "ip6"]
	not facts.field(p.property, field) in {"auto", "dhcp", "manual"}
}

findings contains {"at": sort([at | some list in _cards; some at in list]), "vars": {"vmids": pve.numbers(object.keys(_cards))}} if count(_cards) > 0
