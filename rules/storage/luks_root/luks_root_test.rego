package rules.storage.luks_root_test

import data.rules.storage.luks_root

_host(options) := {"storage": {"crypttab": [{"name": "cryptroot", "device": "UUID=ab-12", "options": options}], "mounts": [], "volume_groups": [], "zfs_pools": [], "fstab": []}}

test_fires_on_a_device_of_the_initial_ram_disk if {
	luks_root.findings == {{"at": ["/storage/crypttab/0"], "vars": {"names": "cryptroot (passphrase)"}}} with input as _host(["luks", "initramfs"])
}

_below(what) := object.union(_host(["luks", "discard"]), {"storage": what})

test_fires_on_what_the_root_is_made_of if {
	every what in [
		{"volume_groups": [{"name": "pve", "root": true, "physical_volumes": ["/dev/mapper/cryptroot"]}]},
		{"zfs_pools": [{"name": "rpool", "root": true, "devices": [{"name": "/dev/mapper/cryptroot", "depth": 1}]}]},
		{"btrfs": [{"uuid": "ab-12", "mounts": ["/"], "devices": ["/dev/mapper/cryptroot"]}]},
	] {
		count(luks_root.findings) == 1 with input as _below(what)
	}
}

test_silent_on_a_group_beside_the_root if {
	count(luks_root.findings) == 0 with input as _below({"volume_groups": [{"name": "data", "root": false, "physical_volumes": ["/dev/mapper/cryptroot"]}]})
}

test_silent_on_a_data_disk if {
	count(luks_root.findings) == 0 with input as _host(["luks", "nofail"])
}
