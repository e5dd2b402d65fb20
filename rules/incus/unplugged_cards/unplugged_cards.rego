# METADATA
# scope: package
# title: "Network cards without a bridge are left out: {cards}"
# description: |
#  A card that reaches the world through QEMU's own network, or whose bridge has no
#  name of one, has no counterpart in Incus 6.0, and the instance does not have it.
#  A card whose cable PVE has unplugged is there: it is on the bridge pve-unplugged,
#  which leads nowhere, so that the guest sees a link and reaches nobody.
# custom:
#  id: PVE-INC-009
#  kind: gap
#  category: feature
#  severity: major
#  component: network cards of guests
#  account: lost
#  workaround: |
#   For a card that reached the world through QEMU, make a bridge with NAT: `incus
#   network create incusbr0`, and `incus config device add NAME net1 nic
#   network=incusbr0 hwaddr=MAC`. The cable of another one is plugged in with `incus
#   config device set NAME net1 parent=vmbr1 security.port_isolation=false`.
#  test:
#   before: |
#    `qm config VMID` or `pct config VMID` on PVE prints a card without bridge= for
#    {cards}.
#   after: |
#    `incus config device list NAME` on the trial system prints what the guest shall
#    have.
#  phase: boot
#  targets: [incus]
#  sources:
#   - https://linuxcontainers.org/incus/docs/main/reference/devices_nic/
#   - https://pve.proxmox.com/wiki/Manual:_qm.conf
package rules.incus.unplugged_cards

import data.lib.drives
import data.lib.incus
import data.lib.network

_unplugged contains {"vmid": vmid, "key": key, "card": c} if {
	some vmid, cards in incus.cards_of
	some key, c in cards
	c.unplugged
}

_cards contains {"vmid": vmid, "key": key, "at": p.at} if {
	some vmid, g in incus.instances
	some key, p in g.config
	regex.match(`^net[0-9]{1,2}$`, key)
	not incus.cards_of[vmid][key]
}

findings contains {"at": sort([c.at | some c in _cards]), "vars": {"cards": drives.words(_cards)}} if count(_cards) > 0

parts contains incus.device(u.vmid, [u.card.at], u.key, object.union_n([
	{"type": "nic", "nictype": "bridged", "parent": _bridge, "security.port_isolation": "true"},
	_if("hwaddr", u.card.mac),
	_if("mtu", u.card.mtu),
	_if("name", u.card.name),
])) if some u in _unplugged

_if(option, text) := {option: text} if {
	text != ""
} else := {}

_bridge := "pve-unplugged"

# It has no port but these cards, which do not reach each other.
settings contains {"at": sort([u.card.at | some u in _unplugged]), "option": option, "value": value} if {
	count(_unplugged) > 0
	some [option, value] in [
		[network.netdev(_bridge, ["netdevConfig", "Name"]), _bridge],
		[network.netdev(_bridge, ["netdevConfig", "Kind"]), "bridge"],
		[network.network(_bridge, ["matchConfig", "Name"]), _bridge],
		[network.network(_bridge, ["linkConfig", "RequiredForOnline"]), false],
		[network.network(_bridge, ["networkConfig", "LinkLocalAddressing"]), "no"],
		[network.network(_bridge, ["networkConfig", "IPv6AcceptRA"]), false],
		[network.network(_bridge, ["networkConfig", "ConfigureWithoutCarrier"]), true],
	]
}
