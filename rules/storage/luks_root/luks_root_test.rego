package rules.storage.luks_root_test

import data.rules.storage.luks_root

_host(options) := {"storage": {"crypttab": [{"name": "cryptroot", "device": "UUID=ab-12", "options": options}], "mounts": [], "volume_groups": [], "zfs_pools": [], "fstab": []}}

test_fires_on_a_device_of_the_initial_ram_disk if {
	luks_root.findings == {{"at": ["/storage/crypttab/0"], "vars": {"names": "cryptroot (passphrase)"}}} with input as _host(["luks", "initramfs"])
}

test_silent_on_a_data_disk if {
	count(luks_root.findings) == 0 with input as _host(["luks", "nofail"])
}
