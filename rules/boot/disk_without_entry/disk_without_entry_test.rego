package rules.boot.disk_without_entry_test

import data.rules.boot.disk_without_entry

_device(name, uuid, part) := {"name": name, "links": [concat("", ["/dev/disk/by-uuid/", uuid])], "partition_uuid": part}

_host(entries) := {
	"system": {"boot": {"esps": ["AA-1", "BB-2"]}},
	"storage": {"block_devices": [_device("sda2", "AA-1", "0000aaaa"), _device("sdb2", "BB-2", "0000bbbb")]},
	"hardware": {"firmware": {"entries": entries}},
}

_first := {"number": "0001", "name": "proxmox", "active": true, "partition_uuid": "0000AAAA"}

test_fires_on_the_disk_that_nothing_leads_to if {
	disk_without_entry.findings == {{
		"at": ["/hardware/firmware/entries", "/system/boot/esps"],
		"vars": {"count": 2, "devices": "/dev/sdb2"},
	}} with input as _host([_first])
}

test_an_entry_that_is_switched_off_does_not_count if {
	count(disk_without_entry.findings) == 1 with input as _host([_first, {"number": "0002", "name": "b", "active": false, "partition_uuid": "0000bbbb"}])
}

test_silent_where_both_have_one if {
	count(disk_without_entry.findings) == 0 with input as _host([_first, {"number": "0002", "name": "b", "active": true, "partition_uuid": "0000bbbb"}])
}

test_silent_where_entries_are_not_known if {
	count(disk_without_entry.findings) == 0 with input as _host([])
}
