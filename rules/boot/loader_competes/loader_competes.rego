# METADATA
# scope: package
# title: Two systems share the EFI partition and its default entry
# description: |
#  PVE keeps its boot entries on {where}, and the loader of NixOS writes to
#  the same place. A `nixos-rebuild boot` there sets the default entry in
#  loader.conf or in GRUB to NixOS, without asking and before anyone has
#  seen it boot; proxmox-boot-tool on the other side cleans up kernels that
#  it does not know.
# custom:
#  id: PVE-BOOT-001
#  kind: pitfall
#  category: configuration
#  severity: major
#  component: boot loader
#  equivalent: boot.loader
#  account: none
#  workaround: |
#   Until the conversion is committed, change the system only with
#   `nixos-rebuild test`. After it, mount the partition (`mount /boot` where
#   it is not mounted by itself), run `nixos-rebuild boot`, and set the
#   default back with `bootctl set-default` if PVE should start. Do not run
#   `proxmox-boot-tool clean` from PVE afterwards.
#  test: |
#   Before: `efibootmgr` and `bootctl list` on PVE show its entry first.
#   Solved: after a reboot without any choice the system that you wanted
#   comes up, and `bootctl list` shows entries of both.
#  phase: boot
#  sources:
#   - https://pve.proxmox.com/wiki/Host_Bootloader
#   - https://www.freedesktop.org/software/systemd/man/latest/loader.conf.html
package rules.boot.loader_competes

findings contains {"at": ["/system/boot/esps"], "vars": {"where": sprintf("%d partitions kept by proxmox-boot-tool", [count(input.system.boot.esps)])}} if {
	count(input.system.boot.esps) > 0
}

findings contains {"at": at, "vars": {"where": "the partition at /boot/efi"}} if {
	count(input.system.boot.esps) == 0
	at := [sprintf("/storage/fstab/%d", [i]) |
		some i, f in input.storage.fstab
		f.file == "/boot/efi"
		f.type == "vfat"
	]
	count(at) > 0
}
