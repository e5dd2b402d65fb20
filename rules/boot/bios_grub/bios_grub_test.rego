package rules.boot.bios_grub_test

import data.rules.boot.bios_grub

_host(kind, groups) := {
	"hardware": {"firmware": {"kind": kind}},
	"storage": {"zfs_pools": [], "volume_groups": groups, "fstab": [], "mounts": []},
}

test_fires_on_bios_with_lvm if {
	bios_grub.findings == {{"at": ["/hardware/firmware"], "vars": {"root": "lvm"}}} with input as _host("bios", [{"name": "pve", "root": true}])
}

test_silent_on_uefi if {
	count(bios_grub.findings) == 0 with input as _host("uefi", [{"name": "pve", "root": true}])
}
