package rules.storage.luks_test

import data.rules.storage.luks

_host(options) := {"storage": {"crypttab": [{"name": "cryptroot", "device": "UUID=ab-12", "options": options}], "mounts": [], "volume_groups": [], "zfs_pools": [], "fstab": []}}

test_opens_what_the_initial_ram_disk_opens if {
	{s.option[5]: s.value | some s in luks.settings} == {"device": "/dev/disk/by-uuid/ab-12", "allowDiscards": true} with input as _host(["luks", "initramfs", "discard"])
}

test_leaves_data_disks if {
	count(luks.settings) == 0 with input as _host(["luks"])
}
