# METADATA
# scope: package
# title: The EFI system partition, or the partition that stands for it
# description: Where PVE mounts it, and which ones proxmox-boot-tool fills without mounting them.
package lib.esp

import data.lib.disks

# mounted are the places in fstab of system partitions that PVE mounts.
mounted := [i |
	some i, f in input.storage.fstab
	f.type == "vfat"
	f.file in {"/boot/efi", "/efi", "/boot"}
	disks.device_of(f.spec)
]

# uuids are those of the partitions of proxmox-boot-tool, which mounts them only while it writes.
uuids := [uuid |
	some uuid in input.system.boot.esps
	regex.match(`^[0-9A-Fa-f]{4}-[0-9A-Fa-f]{4}$`, uuid)
]

# kept is true where these are all that there is: fstab mounts none.
kept if {
	count(mounted) == 0
	count(uuids) > 0
}

# METADATA
# title: Several partitions that systemd-boot starts from
# description: They are kept equal after each installation; /boot is one of them.
copied if {
	input.system.boot.loader == "systemd-boot"
	not input.hardware.firmware.kind == "bios"
	count(uuids) > 1
	count(uuids) == count(input.system.boot.esps)
}
