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
import data.lib.esp

settings contains {"at": [sprintf("/storage/fstab/%d", [i])], "option": ["boot", "loader", "efi", "efiSysMountPoint"], "value": "/boot"} if {
	i := esp.mounted[0]
}

settings contains {"at": [sprintf("/storage/fstab/%d", [i])], "option": ["fileSystems", "/boot", name], "value": value} if {
	i := esp.mounted[0]
	f := input.storage.fstab[i]
	some name, value in {"device": disks.device_of(f.spec), "fsType": "vfat", "options": ["nofail", "umask=0077"]}
}

settings contains {"at": ["/system/boot/esps"], "option": ["fileSystems", "/boot", name], "value": value} if {
	esp.kept
	some name, value in {
		"device": sprintf("/dev/disk/by-uuid/%s", [esp.uuids[0]]),
		"fsType": "vfat",
		"options": ["noauto", "umask=0077"],
	}
}
