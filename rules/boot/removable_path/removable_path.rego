# METADATA
# scope: package
# title: PVE starts from the path that the loader of NixOS overwrites
# description: |
#  The firmware starts {file}, the path for media without an entry, and it is PVE's loader
#  that lies there. `bootctl install`, which NixOS runs for systemd-boot, puts its own copy
#  at exactly this path. From then on the entry named {name} starts what loader.conf of
#  NixOS says, and the old way into PVE exists in the menu only.
# custom:
#  id: PVE-BOOT-014
#  kind: pitfall
#  category: configuration
#  severity: major
#  component: EFI system partition
#  account: none
#  workaround: |
#   Give PVE an entry of its own before the conversion: `proxmox-boot-tool reinit` on PVE
#   writes one, or `efibootmgr -c -d DISK -p 2 -L PVE -l
#   '\EFI\systemd\systemd-bootx64.efi'`; check that the machine starts from it. Keep a copy
#   of the file beside it.
#  test:
#   before: |
#    `efibootmgr -v` shows `BOOTX64.EFI` behind the number of BootCurrent.
#   after: |
#    `efibootmgr -v` shows another file behind BootCurrent, and after `nixos-rebuild boot`
#    on the trial system PVE still starts from its entry.
#  phase: prepare
#  sources:
#   - https://www.freedesktop.org/software/systemd/man/latest/bootctl.html
#   - https://github.com/NixOS/nixpkgs/blob/nixos-24.11/nixos/modules/system/boot/loader/systemd-boot/systemd-boot-builder.py
#   - https://pve.proxmox.com/wiki/Host_Bootloader
package rules.boot.removable_path

findings contains {"at": [sprintf("/hardware/firmware/entries/%d", [i])], "vars": {"file": e.file, "name": e.name}} if {
	input.system.boot.loader == "systemd-boot"
	some i, e in input.hardware.firmware.entries
	e.number == input.hardware.firmware.boot_current
	regex.match(`^\\efi\\boot\\boot[a-z0-9]+\.efi$`, lower(e.file))
}
