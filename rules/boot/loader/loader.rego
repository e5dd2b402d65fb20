# METADATA
# scope: package
# title: Boot loader of the new system
# description: |
#  Chooses the loader of NixOS by firmware and by the loader that PVE uses.
#  It is told not to touch EFI variables and, with GRUB, not to install
#  itself on a disk: until the conversion is committed, PVE stays what the
#  firmware starts. Where the system partition is the one that proxmox-boot-tool
#  fills, its menu is /grub/grub.cfg there: NixOS gets a folder of its own beside it.
# custom:
#  sources:
#   - https://search.nixos.org/options?query=boot.loader
#   - https://pve.proxmox.com/wiki/Host_Bootloader
package rules.boot.loader

import data.lib.esp

_uefi if input.hardware.firmware.kind == "uefi"

# A captured tree has no firmware; systemd-boot exists on UEFI only.
_uefi if {
	not input.hardware.firmware.kind
	input.system.boot.loader == "systemd-boot"
}

_uefi if {
	not input.hardware.firmware.kind
	some f in input.storage.fstab
	f.file == "/boot/efi"
}

_systemd_boot if {
	_uefi
	input.system.boot.loader == "systemd-boot"
}

_options["systemd-boot"] := {"enable": true, "configurationLimit": 3} if _systemd_boot

_options["efi"] := {"canTouchEfiVariables": false} if _uefi

_options["grub"] := object.union({"enable": true, "efiSupport": _efi_support, "configurationLimit": 3}, _place) if not _systemd_boot

default _place := {"devices": ["nodev"]}

_place := {"mirroredBoots": [object.union({"devices": ["nodev"], "path": "/boot/nixos"}, _partition)]} if esp.kept

default _partition := {}

_partition := {"efiSysMountPoint": "/boot"} if _uefi

default _efi_support := false

_efi_support if _uefi

settings contains {"at": ["/system/boot/loader"], "option": ["boot", "loader", part, name], "value": value} if {
	some part, options in _options
	some name, value in options
}

settings contains {"at": ["/system/boot/loader"], "option": ["boot", "loader", "grub", "enable"], "value": false} if _systemd_boot
