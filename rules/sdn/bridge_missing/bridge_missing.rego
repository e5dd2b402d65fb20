# METADATA
# scope: package
# title: A zone rests on a bridge that this host lacks
# description: |
#  The zone {zone} puts its networks on {bridge}, and no interface of this host has
#  that name. PVE shows the zone as in error on this node only; its networks
#  ({vnets}) cannot be made here, neither by PVE nor on NixOS. A guest that HA or a
#  person moves here does not start.
# custom:
#  id: PVE-SDN-012
#  kind: pitfall
#  category: configuration
#  severity: minor
#  component: SDN zones
#  account: none
#  workaround: |
#   Add the bridge to this host, or restrict the zone to the nodes that have it (Nodes
#   of the zone), apply, and capture again.
#  test:
#   before: |
#    `pvesh get /nodes/HOST/sdn/zones` on PVE prints the zone with status error.
#   after: |
#    `pvesh get /nodes/HOST/sdn/zones` on PVE prints available, or not the zone; `ip
#    -br link show BRIDGE` prints the bridge in the trial boot.
#  phase: prepare
#  sources:
#   - https://pve.proxmox.com/pve-docs/chapter-pvesdn.html
package rules.sdn.bridge_missing

import data.lib.facts
import data.lib.network
import data.lib.sdn

_networks[v.zone] contains id if some id, v in sdn.vnets

findings contains {"at": [z.properties.bridge.at], "vars": {"zone": name, "bridge": z.bridge, "vnets": concat(", ", sort(_networks[name]))}} if {
	"network.interfaces" in facts.known
	some name, z in sdn.zones
	z.here
	z.type in {"vlan", "qinq"}
	z.bridge != ""
	not network.interfaces[z.bridge]
	count(_networks[name]) > 0
}
