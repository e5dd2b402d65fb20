# METADATA
# scope: package
# title: "Network cards of VMs become virtio: {cards}"
# description: |
#  Incus knows no other model for a card on a bridge. A guest without a virtio driver
#  has no network: that is every Windows where nobody installed it, and old
#  appliances.
# custom:
#  id: PVE-INC-008
#  kind: gap
#  category: feature
#  severity: major
#  component: network cards of VMs
#  account: review
#  workaround: |
#   On PVE: install the drivers in the guest (virtio-win), then `qm set VMID --net0
#   virtio=MAC,bridge=vmbr0` with the old MAC, and see that the guest has its address
#   again. Where a driver cannot be had, give the model by raw.qemu: `-device
#   e1000,netdev=…` with a tap of your own.
#  test:
#   before: |
#    `qm config VMID` on PVE prints e1000, rtl8139 or vmxnet3 for {cards}.
#   after: |
#    `ip -br link` in the guest on the trial system prints the card, or `Get-
#    NetAdapter` prints "Red Hat VirtIO Ethernet Adapter".
#  phase: boot
#  targets: [incus]
#  sources:
#   - https://linuxcontainers.org/incus/docs/main/reference/devices_nic/
#   - https://github.com/lxc/incus/blob/v6.0.2/internal/server/instance/drivers/driver_qemu.go
package rules.incus.card_models

import data.lib.drives
import data.lib.facts
import data.lib.incus
import data.lib.pve

_cards contains {"vmid": vmid, "key": key, "at": c.at} if {
	some vmid, cards in incus.cards_of
	pve.vms[vmid]
	some key, c in cards
	not c.unplugged
	not facts.field(c.property, "model") in {"virtio"}
}

findings contains {"at": sort([c.at | some c in _cards]), "vars": {"cards": drives.words(_cards)}} if count(_cards) > 0
