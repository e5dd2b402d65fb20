# METADATA
# scope: package
# title: A port belongs to more than one bridge or bond
# description: |
#  {port} is named by {masters}. It can be in one only; on PVE the one that came
#  up last has it, here it is {kept}. The others come up without it.
# custom:
#  id: PVE-NET-017
#  kind: pitfall
#  category: configuration
#  severity: major
#  component: bridge and bond ports
#  account: none
#  workaround: |
#   Remove the port from all but one in /etc/network/interfaces, apply it and
#   capture again. To have one cable in two bridges, put VLAN devices of the card
#   into them.
#  test:
#   before: |
#    `grep -nE 'bridge-ports|bond-slaves|ovs_ports' /etc/network/interfaces`
#    names the port twice.
#   after: |
#    It is there once, and `ip link show PORT` names that master.
#  phase: boot
#  sources:
#   - https://pve.proxmox.com/wiki/Network_Configuration
package rules.network.port_contested

import data.lib.network

findings contains {
	"at": sort([network.interfaces[m].at | some m in names]),
	"vars": {"port": port, "masters": concat(", ", sort(names)), "kept": network.master[port]},
} if {
	some port, all in network.contested
	names := {m | some m in all; network.interfaces[m]}
	count(names) > 1
}
