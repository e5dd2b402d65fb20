package rules.boot.remote_unlock_test

import data.rules.boot.remote_unlock

_host(deb, options) := {
	"packages": [{"name": deb, "version": "1", "status": "installed"}],
	"hardware": {"pci": [
		{"address": "0000:02:00.0", "class": "020000", "driver": "igc"},
		{"address": "0000:03:00.0", "class": "020000", "driver": "vfio-pci"},
		{"address": "0000:04:00.0", "class": "020000"},
	]},
	"storage": {
		"crypttab": [{"name": "cryptroot", "device": "UUID=1-2", "key_file": "none", "options": options}],
		"mounts": [], "block_devices": [],
	},
}

test_fires_where_a_disk_is_opened_early if {
	remote_unlock.findings == {{
		"at": ["/packages/0", "/storage/crypttab/0"],
		"vars": {"names": "cryptroot", "drivers": "igc"},
	}} with input as _host("dropbear-initramfs", ["luks", "initramfs"])
}

test_silent_where_the_disk_is_opened_later if {
	count(remote_unlock.findings) == 0 with input as _host("dropbear-initramfs", ["luks"])
}

test_silent_with_the_server_of_the_running_system if {
	count(remote_unlock.findings) == 0 with input as _host("dropbear-bin", ["luks", "initramfs"])
}

test_says_that_the_driver_is_not_known if {
	host := json.patch(_host("dropbear-initramfs", ["luks", "initramfs"]), [{"op": "replace", "path": "/hardware/pci", "value": []}])
	{f.vars.drivers | some f in remote_unlock.findings} == {"not known"} with input as host
}
