# METADATA
# scope: package
# title: Virtual networks of the SDN do not exist
# description: |
#  {count} virtual networks are set up ({vnets}). PVE makes a bridge for each of them
#  through ifupdown2, which NixOS has not; {guests} network cards of guests of this
#  node are on them, and a guest whose bridge is missing does not start.
# custom:
#  id: PVE-SDN-001
#  kind: gap
#  category: feature
#  severity: critical
#  component: SDN
#  equivalent: systemd.network.netdevs
#  bridge: network
#  account: review
#  workaround: |
#   Declare a bridge of the name of each virtual network with
#   systemd.network.netdevs: alone with the gateway's address for a zone of type
#   simple; with a VLAN device of the zone's bridge as its port for vlan; with a
#   vxlan netdev as its port for vxlan. Then set services.proxmox-ve.bridges.
#  test: |
#   Before: `ip -br link show type bridge` in the trial boot lacks the name, `qm
#   start VMID` fails. Solved: the bridge is listed and the guest reaches its
#   gateway.
#  phase: boot
#  sources:
#   - https://pve.proxmox.com/pve-docs/chapter-pvesdn.html
#   - https://github.com/SaumonNet/proxmox-nixos/tree/main/modules/proxmox-ve
package rules.sdn.vnets

import data.lib.facts
import data.lib.sdn

findings contains {
	"at": at,
	"vars": {"count": count(sdn.vnets), "vnets": concat(", ", sort(object.keys(sdn.vnets))), "guests": count(sdn.users)},
} if {
	count(sdn.users) > 0
	at := sort(union({v.nodes | some v in sdn.vnets}))
}

bridges contains {
	"at": sort(v.nodes | sdn.zones[v.zone].nodes),
	"bridge": "network",
	"params": {"vnet": name, "zone": v.zone, "type": sdn.zones[v.zone].type, "tag": v.tag, "bridge": sdn.zones[v.zone].bridge},
} if {
	some name, v in sdn.vnets
	facts.interface_name(name)
	sdn.zones[v.zone]
}
