# METADATA
# scope: package
# title: A disk that can start PVE has no entry in the firmware
# description: |
#  proxmox-boot-tool keeps {count} EFI partitions, but no active entry of the firmware leads
#  to {devices}. When the other disk fails, or a conversion damages its partition, it is up
#  to the firmware whether it tries EFI/BOOT on the good one. Where it does not, the machine
#  stays in its setup, and the second way back into PVE is missing.
# custom:
#  id: PVE-BOOT-015
#  kind: pitfall
#  category: configuration
#  severity: minor
#  component: proxmox-boot-tool
#  account: none
#  workaround: |
#   `proxmox-boot-tool reinit` on PVE writes the missing entry; where the firmware forgets
#   it, make it with `efibootmgr -c -d DISK -p PART -L "PVE second disk" -l
#   '\EFI\systemd\systemd-bootx64.efi'` (shimx64.efi below EFI\proxmox with GRUB).
#  test:
#   before: |
#    `efibootmgr -v` shows no line with the PARTUUID that `blkid -s PARTUUID -o value
#    DEVICE` prints.
#   after: |
#    It shows one for each partition that `proxmox-boot-tool status` lists, and the machine
#    starts from each.
#  phase: prepare
#  sources:
#   - https://pve.proxmox.com/wiki/Host_Bootloader
#   - https://manpages.debian.org/stable/efibootmgr/efibootmgr.8.en.html
package rules.boot.disk_without_entry

import data.lib.disks

_reached := {lower(e.partition_uuid) |
	some e in input.hardware.firmware.entries
	e.active
}

_unreached contains d.name if {
	some uuid in input.system.boot.esps
	some d in disks.by_path[concat("", ["/dev/disk/by-uuid/", uuid])]
	not lower(d.partition_uuid) in _reached
}

findings contains {"at": ["/hardware/firmware/entries", "/system/boot/esps"], "vars": {
	"count": count(input.system.boot.esps),
	"devices": concat(", ", sort([concat("", ["/dev/", name]) | some name in _unreached])),
}} if {
	count(input.system.boot.esps) > 1
	count(_reached) > 0
	count(_unreached) > 0
}
