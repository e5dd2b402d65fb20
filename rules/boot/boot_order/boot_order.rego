# METADATA
# scope: package
# title: The firmware does not start this system first
# description: |
#  This system was started from entry {current} ({name}), but the first active entry of the
#  firmware is {first} ({first_name}). Somebody chose PVE by hand, or an entry was put in
#  front since. The way back from a trial boot is a plain restart, and that one does not
#  lead to PVE.
# custom:
#  id: PVE-BOOT-013
#  kind: pitfall
#  category: configuration
#  severity: major
#  component: UEFI boot entries
#  account: none
#  workaround: |
#   Put PVE's entry first with `efibootmgr -o {current},{first}` (then the others), restart
#   once without touching the keyboard, and capture again.
#  test:
#   before: |
#    `efibootmgr` prints `BootCurrent: {current}` and a BootOrder that begins with another
#    number.
#   after: |
#    After a restart nobody touched, `efibootmgr` prints the same number for BootCurrent and
#    first in BootOrder.
#  phase: prepare
#  sources:
#   - https://manpages.debian.org/stable/efibootmgr/efibootmgr.8.en.html
#   - https://pve.proxmox.com/wiki/Host_Bootloader
package rules.boot.boot_order

import data.lib.disks

_entries := object.union_n([{e.number: e} | some e in input.hardware.firmware.entries])

_order := [number |
	some number in input.hardware.firmware.boot_order
	_entries[number].active
]

findings contains {"at": ["/hardware/firmware/boot_order"], "vars": {
	"current": current,
	"name": _entries[current].name,
	"first": _order[0],
	"first_name": _entries[_order[0]].name,
}} if {
	current := input.hardware.firmware.boot_current
	_order[0] != current
	not _of_pve_too
}

# proxmox-boot-tool keeps the same loader on each disk of a mirror, so either entry leads to PVE.
_of_pve_too if {
	first := _entries[_order[0]]
	lower(first.file) == lower(_entries[input.hardware.firmware.boot_current].file)
	lower(first.partition_uuid) in _kept
}

_kept := {lower(d.partition_uuid) |
	some uuid in input.system.boot.esps
	some d in disks.by_path[concat("", ["/dev/disk/by-uuid/", uuid])]
}
