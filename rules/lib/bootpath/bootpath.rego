# METADATA
# title: How the new system can be started
# description: |
#  By what PVE is started with: systemd-boot, GRUB from UEFI firmware or from a
#  BIOS, and on which EFI system partitions its files go. What cannot be told from
#  the facts is no way: path then is of the kind none.
package lib.bootpath

import data.lib.disks
import data.lib.esp

# METADATA
# title: The boot path as the plan has it
path := {"kind": "systemd-boot", "esps": _esps} if {
	input.hardware.firmware.kind == "uefi"
	input.system.boot.loader == "systemd-boot"
	count(_esps) > 0
} else := {"kind": "grub-uefi", "esps": _named} if {
	input.hardware.firmware.kind == "uefi"
	input.system.boot.loader == "grub"
	count(_named) > 0
} else := object.union({"kind": "grub-bios", "esps": _esps}, _config) if {
	input.hardware.firmware.kind == "bios"
	input.system.boot.loader == "grub"
	count(_esps) > 0
} else := {"kind": "none", "esps": []}

# METADATA
# title: The facts that the boot path is made of
at := ["/hardware/firmware", "/system/boot/loader"]

# Where proxmox-boot-tool keeps the partitions, GRUB reads its menu from them.
_config := {} if {
	esp.kept
} else := {"config": "/boot/grub"}

_esps := [object.union({"uuid": uuid}, _partition(uuid)) | some uuid in uuids]

# The firmware is told the partition by its GUID.
_named := [e | some e in _esps; e.partition]

_partition(uuid) := {"partition": partitions[uuid]} if {
	partitions[uuid]
} else := {}

# METADATA
# title: File systems of the EFI system partitions
# description: |
#  Those that PVE mounts or that proxmox-boot-tool keeps; on a BIOS, where neither
#  need be, the only one that the machine has. Never one of another system.
uuids := _mounted if {
	count(_mounted) > 0
} else := [upper(uuid) | some uuid in esp.uuids] if {
	esp.kept
} else := [uuid | some uuid in _found] if {
	input.hardware.firmware.kind == "bios"
	count(_found) == 1
} else := []

_form := `^[0-9A-F]{4}-[0-9A-F]{4}$`

_mounted := [uuid |
	some i in esp.mounted
	uuid := _uuid_of(input.storage.fstab[i].spec)
]

_uuid_of(spec) := uuid if {
	startswith(spec, "UUID=")
	uuid := upper(trim(trim_prefix(spec, "UUID="), "\""))
	regex.match(_form, uuid)
} else := uuid if {
	some d in disks.by_path[disks.device_of(spec)]
	uuid := upper(d.uuid)
	regex.match(_form, uuid)
}

_found contains uuid if {
	some d in input.storage.block_devices
	d.kind == "part"
	d.content == "vfat"
	lower(d.partition_type) == _type
	uuid := upper(d.uuid)
	regex.match(_form, uuid)
}

# The type of EFI system partitions in a GUID partition table.
# Source: https://uefi.org/specs/UEFI/2.10/05_GUID_Partition_Table_Format.html
_type := "c12a7328-f81f-11d2-ba4b-00a0c93ec93b"

# METADATA
# title: GUIDs of partitions by the file systems on them
partitions[uuid] := guid if {
	some uuid in uuids
	guids := {g |
		some d in disks.by_path[concat("", ["/dev/disk/by-uuid/", uuid])]
		some g in _guids(d)
	} | {g |
		some d in _by_uuid[uuid]
		some g in _guids(d)
	}
	count(guids) == 1
	some guid in guids
}

_by_uuid[upper(d.uuid)] contains d if some d in input.storage.block_devices

_guids(d) := {guid |
	text := d.partition_uuid
	guid := lower(text)
	regex.match(_guid, guid)
} | {guid |
	some link in d.links
	startswith(link, "/dev/disk/by-partuuid/")
	guid := lower(trim_prefix(link, "/dev/disk/by-partuuid/"))
	regex.match(_guid, guid)
}

_guid := `^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$`
