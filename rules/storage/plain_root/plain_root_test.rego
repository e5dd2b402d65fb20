package rules.storage.plain_root_test

import data.rules.storage.plain_root

_host(spec, type) := {"storage": {"zfs_pools": [], "volume_groups": [], "mounts": [], "fstab": [{"spec": spec, "file": "/", "type": type, "options": []}]}}

test_fires_on_ext4_on_a_partition if {
	plain_root.findings == {{"at": ["/storage/fstab/0"], "vars": {"type": "ext4"}}} with input as _host("UUID=ab-12", "ext4")
}

test_fires_on_ext4_on_an_encrypted_partition if {
	count(plain_root.findings) == 1 with input as object.union(_host("/dev/mapper/cryptroot", "ext4"), {"storage": {"crypttab": [{"name": "cryptroot"}]}})
}

test_the_conversion_is_refused if {
	plain_root.inhibits == {{"at": ["/storage/fstab/0"], "vars": {"type": "xfs"}}} with input as _host("UUID=ab-12", "xfs")
}

test_silent_on_a_logical_volume if {
	count(plain_root.findings | plain_root.inhibits) == 0 with input as _host("/dev/mapper/pve-root", "ext4")
}

test_silent_on_btrfs if {
	count(plain_root.findings) == 0 with input as _host("UUID=ab-12", "btrfs")
}
