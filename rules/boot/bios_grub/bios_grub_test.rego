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

_plain(source) := {
	"hardware": {"firmware": {"kind": "bios"}},
	"storage": {"zfs_pools": [], "volume_groups": [], "fstab": [{"file": "/", "spec": "UUID=1", "type": "ext4"}], "mounts": [{"target": "/", "source": source, "type": "ext4"}]},
}

test_fires_on_raid if {
	bios_grub.findings == {{"at": ["/hardware/firmware"], "vars": {"root": "plain"}}} with input as _plain("/dev/md0")
}

test_silent_on_a_partition_that_grub_can_write if {
	count(bios_grub.findings) == 0 with input as _plain("/dev/sda2")
}
