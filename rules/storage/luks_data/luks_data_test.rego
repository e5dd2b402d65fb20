package rules.storage.luks_data_test

import data.rules.storage.luks_data

_host(options) := {"storage": {"crypttab": [{"name": "cryptscratch", "device": "UUID=ab-12", "options": options}], "mounts": [], "volume_groups": [], "zfs_pools": [], "fstab": []}}

test_fires_on_a_data_disk if {
	luks_data.findings == {{"at": ["/storage/crypttab/0"], "vars": {"names": "cryptscratch"}}} with input as _host(["luks"])
}

test_silent_on_what_the_initial_ram_disk_opens if {
	count(luks_data.findings) == 0 with input as _host(["luks", "initramfs"])
}
