# METADATA
# scope: package
# title: Guests that tag VLANs themselves lose them
# description: |
#  {cards} cards are plugged into {bridges} without a tag. On a bridge that filters
#  VLANs PVE lets such a card have all VLANs, tagged; Incus gives it the untagged
#  network alone. A guest that knows no VLANs sees no
#  difference; a router or firewall that makes its VLANs inside loses them, and with
#  them everything behind it.
# custom:
#  id: PVE-INC-026
#  kind: pitfall
#  category: configuration
#  severity: major
#  component: network cards of guests
#  account: none
#  workaround: |
#   Look into the guests for VLAN interfaces, and name what they use: `incus config
#   device set NAME net0 vlan.tagged=10,20,30-39`. Ranges up to 2-4094 are taken, but
#   Incus adds each VLAN by itself, so that a start with all takes some seconds
#   longer. A bridge with a short list in bridge-vids needs none of this.
#  test:
#   before: |
#    `ip -d link show type vlan` in a guest on {bridges} prints the VLANs that it makes,
#    in a firewall its page of interfaces.
#   after: |
#    `bridge vlan show` on the trial system prints the ids at the card of the guest,
#    and the guest reaches an address in each VLAN.
#  phase: boot
#  targets: [incus]
#  sources:
#   - https://linuxcontainers.org/incus/docs/main/reference/devices_nic/
#   - https://github.com/lxc/incus/blob/v6.0.2/internal/server/device/nic_bridged.go
#   - https://git.proxmox.com/?p=pve-common.git;a=blob;f=src/PVE/Network.pm
package rules.incus.untagged_cards

import data.lib.incus
import data.lib.network

_cards[c.at] := c.bridge if {
	some cards in incus.cards_of
	some c in cards
	not c.unplugged
	c.tag == ""
	n := network.interfaces[c.bridge]
	n.kind == "bridge"
	n.vlan_aware
	incus.tagged(c) == ""
}

findings contains {
	"at": sort(object.keys(_cards)),
	"vars": {"cards": count(_cards), "bridges": concat(", ", sort({bridge | some bridge in _cards}))},
} if {
	count(_cards) > 0
}
