# METADATA
# scope: package
# title: "Network cards without a link or a bridge are left out: {cards}"
# description: |
#  A card whose cable PVE has unplugged, or that reaches the world through QEMU's own
#  network, has no counterpart in Incus 6.0. On a bridge it would be connected, so
#  the instance does not have it.
# custom:
#  id: PVE-INC-009
#  kind: gap
#  category: feature
#  severity: major
#  component: network cards of guests
#  account: lost
#  workaround: |
#   When the guest shall have it: `incus config device add NAME net1 nic
#   nictype=bridged parent=vmbr1 hwaddr=MAC`. For a card that reached the world
#   through QEMU, make a bridge with NAT: `incus network create incusbr0` and
#   network=incusbr0.
#  test:
#   before: |
#    `qm config VMID` or `pct config VMID` on PVE prints link_down=1, or a card
#    without bridge= for {cards}.
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

_cards contains {"vmid": vmid, "key": key, "at": c.at} if {
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
