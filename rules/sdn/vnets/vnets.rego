# METADATA
# scope: package
# title: Virtual networks of the SDN do not exist
# description: |
#  {guests} network cards of guests of this node are on virtual networks ({vnets})
#  whose bridges are not in the captured network configuration. PVE makes them
#  through ifupdown2, which NixOS has not, and a guest whose bridge is missing does
#  not start.
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
#   Declare a bridge of the name of each virtual network with systemd.network.netdevs: alone
#   with the gateway's address for a zone of type simple; with a VLAN device of the zone's
#   bridge as its port for vlan; with a vxlan netdev as its port for vxlan. Where PVE stays,
#   name it in services.proxmox-ve.bridges too.
#  test:
#   before: |
#    `ip -br link show type bridge` in the trial boot lacks the name, and the start of a guest
#    on it fails.
#   after: |
#    `ip -br link show type bridge` prints the name, and `ping -c1 GATEWAY` inside
#    the guest prints 1 received.
#  phase: boot
#  sources:
#   - https://pve.proxmox.com/pve-docs/chapter-pvesdn.html
#   - https://github.com/SaumonNet/proxmox-nixos/tree/main/modules/proxmox-ve
package rules.sdn.vnets

import data.lib.sdn

# Used by a guest of this node, and nothing makes its bridge.
_missing := {id | some id, _ in sdn.users} - sdn.made

findings contains {
	"at": at,
	"vars": {
		"count": count(_missing),
		"vnets": concat(", ", sort(_missing)),
		"guests": count(union({sdn.users[id] | some id in _missing})),
	},
} if {
	count(_missing) > 0
	at := sort(union({sdn.vnets[id].nodes | some id in _missing}))
}
