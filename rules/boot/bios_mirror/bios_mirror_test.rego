package rules.boot.bios_mirror_test

import data.rules.boot.bios_mirror

_host(kind, devices) := {
	"hardware": {"firmware": {"kind": kind}},
	"storage": {"zfs_pools": [{"name": "rpool", "root": true, "devices": devices}]},
}

_mirror := [{"name": "mirror-0"}, {"name": "/dev/disk/by-id/ata-A-part3"}, {"name": "/dev/disk/by-id/ata-B-part3"}]

test_fires_on_a_mirror if {
	bios_mirror.findings == {{"at": ["/storage/zfs_pools/0"], "vars": {"pool": "rpool", "count": 2}}} with input as _host("bios", _mirror)
}

test_silent_on_one_disk if {
	count(bios_mirror.findings) == 0 with input as _host("bios", [{"name": "/dev/disk/by-id/ata-A-part3"}])
}

test_silent_on_uefi if {
	count(bios_mirror.findings) == 0 with input as _host("uefi", _mirror)
}

test_silent_on_one_disk_with_a_log_and_a_cache if {
	count(bios_mirror.findings) == 0 with input as _host("bios", [{"name": "/dev/sda3"}, {"name": "logs"}, {"name": "/dev/sdb1"}, {"name": "cache"}, {"name": "/dev/sdc1"}])
}
