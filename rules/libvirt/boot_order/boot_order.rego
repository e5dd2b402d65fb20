# METADATA
# scope: package
# title: Boot order of domains
# description: |
#  Numbers the devices that a guest may start from; in the old form the letters
#  stand for all of a kind. Which devices there are is said elsewhere.
# custom:
#  targets: [libvirt]
#  sources:
#   - https://libvirt.org/formatdomain.html#bios-bootloader
#   - https://pve.proxmox.com/pve-docs/chapter-qm.html#qm_bootorder
package rules.libvirt.boot_order

import data.lib.domains
import data.lib.facts

_order(g) := [word |
	some word in regex.split(`[;, ]+`, facts.field(g.config.boot.property, "order"))
	g.config[word]
	regex.match(`^(ide|sata|scsi|virtio|net|usb|hostpci)[0-9]{1,2}$`, word)
] if {
	facts.field(g.config.boot.property, "order")
} else := [key |
	some letter in regex.split("", _letters(g))
	some key in _devices(g, letter)
]

_letters(g) := facts.field(g.config.boot.property, "legacy") if {
	true
} else := "" if {
	g.config.boot
} else := "cdn"

# The disk that bootdisk names, all CD drives, all network cards.
_devices(g, "c") := [key | key := domains.value(g, "bootdisk"); g.config[key]; regex.match(`^(ide|sata|scsi|virtio)[0-9]{1,2}$`, key)]

_devices(g, "d") := [key |
	some bus in ["ide", "scsi", "sata"]
	some i in numbers.range(0, 30)
	key := sprintf("%s%d", [bus, i])
	facts.field(g.config[key].property, "media") == "cdrom"
]

_devices(g, "n") := [key | some i in numbers.range(0, 31); key := sprintf("net%d", [i]); g.config[key]]

# A device has one place, the first that is named.
_first(list, i) if not list[i] in array.slice(list, 0, i)

parts contains {"at": domains.at(g, ["boot", "bootdisk"]), "document": domains.document(vmid), "path": ["boot_order", key], "value": i + 1} if {
	some vmid, g in domains.list
	list := _order(g)
	some i, key in list
	_first(list, i)
}

# PVE's firmware shows a menu, and tries again after a second.
parts contains {"at": domains.at(g, ["boot"]), "document": domains.document(vmid), "path": path, "value": value} if {
	some vmid, g in domains.list
	some [path, value] in array.concat(
		[[["os", "bootmenu", "enable"], true]],
		[[["os", "bios", "reboot_timeout"], 1000] | not domains.uefi(g)],
	)
}
