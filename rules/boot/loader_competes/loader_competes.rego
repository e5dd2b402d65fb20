# METADATA
# scope: package
# title: Two systems share the EFI partition and its default entry
# description: |
#  PVE keeps its boot entries on {where}, and the loader of NixOS writes to
#  the same place. With systemd-boot a `nixos-rebuild boot` sets the default
#  entry in loader.conf to NixOS, without asking and before anyone has seen
#  it boot. With GRUB it installs a second GRUB beside PVE's that no entry of
#  the firmware leads to, so the machine goes on booting PVE as if nothing
#  had been built. Where proxmox-boot-tool keeps GRUB, on BIOS always, its menu
#  is grub/grub.cfg on the partition; the one of NixOS is nixos/grub/grub.cfg
#  beside it, and nothing leads there either. proxmox-boot-tool on the other
#  side cleans up kernels that it does not know.
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
#   it is not mounted by itself) and run `nixos-rebuild boot`. With
#   systemd-boot set the default back with `bootctl set-default` if PVE should
#   start. With GRUB look for the new folder below EFI on the partition and
#   make an entry for it (`efibootmgr -c -d DISK -p PART -L NixOS -l
#   '\EFI\FOLDER\grubx64.efi'`); `efibootmgr -o` puts the entries in order.
#   Where grub/grub.cfg is PVE's, add `menuentry "NixOS" { configfile
#   /nixos/grub/grub.cfg }` to /etc/grub.d/40_custom on PVE and run
#   `proxmox-boot-tool refresh`. Do not run `proxmox-boot-tool clean` from PVE afterwards.
#  test:
#   before: |
#    `efibootmgr` on PVE shows its entry first in BootOrder; on BIOS
#    `proxmox-boot-tool status` prints `configured with: grub`.
#   after: |
#    `efibootmgr` (with systemd-boot also `bootctl list`), or the menu of GRUB
#    on BIOS, shows entries of both, and after a reboot without any choice the system that you wanted
#    comes up.
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
