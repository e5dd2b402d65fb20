package rules.storage.mount_units_test

import data.lib.tables_test
import data.rules.storage.mount_units

_host(source, links) := {
	"units": [{"name": `mnt-pve-usb\x2ddisk.mount`, "fragment_path": `/etc/systemd/system/mnt-pve-usb\x2ddisk.mount`, "drop_ins": []}],
	"storage": {
		"fstab": [],
		"mounts": [{"target": "/mnt/pve/usb-disk", "source": source, "type": "ext4", "options": []}],
		"block_devices": [{"name": "sdb1", "kind": "part", "size_bytes": 1, "links": links}],
	},
}

test_takes_the_mount_by_uuid if {
	{concat(".", s.option): s.value | some s in mount_units.settings} == {
		"fileSystems./mnt/pve/usb-disk.device": "/dev/disk/by-uuid/ab-12",
		"fileSystems./mnt/pve/usb-disk.fsType": "ext4",
		"fileSystems./mnt/pve/usb-disk.options": ["nofail"],
	} with input as _host("/dev/sdb1", ["/dev/disk/by-id/usb-x", "/dev/disk/by-uuid/ab-12"])
		with data.catalog as tables_test.fixture
}

test_takes_nothing_by_a_name_that_moves if {
	count(mount_units.settings) == 0 with input as _host("/dev/sdb1", [])
		with data.catalog as tables_test.fixture
}
