# METADATA
# scope: package
# title: BIOS boot with GRUB has no one-shot entry that clears itself
# description: |
#  The machine boots through BIOS and GRUB. `grub-reboot` stores the choice
#  in a file on the root file system, which GRUB can read but not write on
#  LVM, ZFS or RAID: the trial entry would be started again and again, and
#  the way back needs the console.
# custom:
#  id: PVE-BOOT-003
#  kind: pitfall
#  category: configuration
#  severity: major
#  component: GRUB on BIOS
#  equivalent: boot.loader.grub.devices
#  account: none
#  workaround: |
#   Let the trial boot keep its choice in an environment block on the FAT
#   partition that the PVE installer makes (partition 2), as `pve2nix apply`
#   does, never with grub-reboot. Have a console (IPMI, KVM) at hand. After
#   the commit set boot.loader.grub.devices to the disks by /dev/disk/by-id
#   if NixOS should keep GRUB.
#  test:
#   before: |
#    `[ -d /sys/firmware/efi ] || echo bios` prints bios.
#   after: |
#    The trial system starts once; after `reboot` without a choice PVE
#    starts, and `grub-editenv` on the FAT partition shows no pending entry.
#  phase: boot
#  sources:
#   - https://www.gnu.org/software/grub/manual/grub/html_node/Environment-block.html
#   - https://pve.proxmox.com/wiki/Host_Bootloader
package rules.boot.bios_grub

import data.lib.disks

findings contains {"at": ["/hardware/firmware"], "vars": {"root": disks.root.kind}} if {
	input.hardware.firmware.kind == "bios"
	_unwritable
}

_unwritable if disks.root.kind in {"lvm", "zfs", "btrfs", "unknown"}

# A plain file system on RAID of Linux.
_unwritable if {
	some m in input.storage.mounts
	m.target == "/"
	startswith(m.source, "/dev/md")
}
