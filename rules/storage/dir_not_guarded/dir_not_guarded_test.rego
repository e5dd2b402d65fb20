package rules.storage.dir_not_guarded_test

import data.rules.storage.dir_not_guarded

_host(properties) := {"host": {"name": "a"}, "storage": {
	"storages": [{"type": "dir", "id": "usb", "properties": [{"key": k, "value": v, "fields": []} | some k, v in properties]}],
	"mounts": [{"target": "/mnt/usb", "source": "/dev/sdb1", "type": "ext4", "options": []}],
	"fstab": [],
}}

test_fires_without_the_property if {
	dir_not_guarded.findings == {{"at": ["/storage/storages/0"], "vars": {"id": "usb", "path": "/mnt/usb"}}} with input as _host({"path": "/mnt/usb"})
}

test_fires_when_it_is_off if {
	count(dir_not_guarded.findings) == 1 with input as _host({"path": "/mnt/usb", "is_mountpoint": "no"})
}

test_silent_with_it if {
	count(dir_not_guarded.findings) == 0 with input as _host({"path": "/mnt/usb", "is_mountpoint": "1"})
	count(dir_not_guarded.findings) == 0 with input as _host({"path": "/mnt/usb", "is_mountpoint": "/mnt/usb"})
}

test_silent_on_the_data_set_of_the_installer if {
	count(dir_not_guarded.findings) == 0 with input as json.patch(
		_host({"path": "/var/lib/vz"}),
		[{"op": "add", "path": "/storage/mounts/-", "value": {"target": "/var/lib/vz", "source": "rpool/var-lib-vz", "type": "zfs", "options": []}}],
	)
}

test_silent_on_a_directory_of_the_root if {
	count(dir_not_guarded.findings) == 0 with input as _host({"path": "/var/lib/vz"})
}
