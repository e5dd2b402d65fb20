# METADATA
# scope: package
# title: Instances have the network cards of their guests on the same bridges
# description: |
#  Each card is joined to the bridge of the host by its name, as PVE did it: Incus
#  manages no network here. Address, VLANs, MTU and rate go with it.
# custom:
#  targets: [incus]
#  sources:
#   - https://linuxcontainers.org/incus/docs/main/reference/devices_nic/
#   - https://github.com/lxc/incus/blob/v6.0.2/internal/server/device/nic_bridged.go
#   - https://pve.proxmox.com/wiki/Manual:_qm.conf
#   - https://pve.proxmox.com/wiki/Manual:_pct.conf
package rules.incus.cards

import data.lib.facts
import data.lib.incus

parts contains incus.device(vmid, [c.at], key, object.union_n([
	{"type": "nic", "nictype": "bridged", "parent": c.bridge},
	_if("hwaddr", c.mac),
	_if("vlan", c.tag),
	_if("vlan.tagged", incus.tagged(c)),
	_if("mtu", c.mtu),
	_if("limits.max", c.rate),
	_if("name", c.name),
	_if("boot.priority", _priority(vmid, key)),
])) if {
	some vmid, cards in incus.cards_of
	some key, c in cards
	not c.unplugged
}

_if(option, text) := {option: text} if {
	text != ""
} else := {}

_priority(vmid, key) := sprintf("%d", [incus.boot_order(vmid)[key]]) if {
	true
} else := ""

parts contains incus.device(vmid, [boot.at], key, {"boot.priority": _priority(vmid, key)}) if {
	some vmid, cards in incus.cards_of
	boot := incus.instances[vmid].config.boot
	facts.field(boot.property, "order")
	some key, c in cards
	not c.unplugged
	_priority(vmid, key) != ""
}
