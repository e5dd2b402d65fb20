# METADATA
# scope: package
# title: The EFI system partition
# description: |
#  Mounts the EFI system partition at /boot, so that kernels and initial RAM
#  disks lie on it: GRUB reads neither thin volumes nor every ZFS pool. It is
#  mounted by itself only where PVE mounts it too. Partitions that
#  proxmox-boot-tool keeps get an entry that is not mounted by itself, so
#  that a rebuild cannot write to them before someone mounts one on purpose.
# custom:
#  sources:
#   - https://search.nixos.org/options?query=boot.loader.efi.efiSysMountPoint
#   - https://pve.proxmox.com/wiki/Host_Bootloader
package rules.boot.esp

import data.lib.disks

_mounted := [i |
	some i, f in input.storage.fstab
	f.type == "vfat"
	f.file in {"/boot/efi", "/efi", "/boot"}
	disks.device_of(f.spec)
]

settings contains {"at": [sprintf("/storage/fstab/%d", [i])], "option": ["boot", "loader", "efi", "efiSysMountPoint"], "value": "/boot"} if {
	i := _mounted[0]
}

settings contains {"at": [sprintf("/storage/fstab/%d", [i])], "option": ["fileSystems", "/boot", name], "value": value} if {
	i := _mounted[0]
	f := input.storage.fstab[i]
	some name, value in {"device": disks.device_of(f.spec), "fsType": "vfat", "options": ["nofail", "umask=0077"]}
}

_kept := [uuid |
	some uuid in input.system.boot.esps
	regex.match(`^[0-9A-Fa-f]{4}-[0-9A-Fa-f]{4}$`, uuid)
]

settings contains {"at": ["/system/boot/esps"], "option": ["fileSystems", "/boot", name], "value": value} if {
	count(_mounted) == 0
	some name, value in {
		"device": sprintf("/dev/disk/by-uuid/%s", [_kept[0]]),
		"fsType": "vfat",
		"options": ["noauto", "umask=0077"],
	}
}
