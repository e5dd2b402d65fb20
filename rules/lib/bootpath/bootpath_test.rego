package lib.bootpath_test

import data.lib.bootpath

_disk(name, uuid, guid) := {"name": name, "kind": "part", "content": "vfat", "uuid": uuid, "partition_uuid": guid, "links": []}

_host(devices) := {
	"hardware": {"firmware": {"kind": "uefi"}},
	"system": {"boot": {"loader": "grub", "esps": []}},
	"storage": {"fstab": [{"spec": "UUID=3f1b-9c2a", "file": "/boot/efi", "type": "vfat"}], "block_devices": devices},
}

_one := "0F8E7D6C-5B4A-4938-8271-605040302010"

_other := "1f8e7d6c-5b4a-4938-8271-605040302010"

test_small_and_capital_letters_are_one_name if {
	bootpath.partitions == {"3F1B-9C2A": lower(_one)} with input as _host([_disk("sda2", "3f1b-9c2a", _one)])
}

# A disk that was copied as a whole has the file system twice: nobody knows which one the firmware starts.
test_two_partitions_with_one_file_system_are_none if {
	host := _host([_disk("sda2", "3F1B-9C2A", _one), _disk("sdb2", "3F1B-9C2A", _other)])
	bootpath.partitions == {} with input as host
	bootpath.path.kind == "none" with input as host
}
