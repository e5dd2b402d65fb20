package rules.storage.mount_units_left_test

import data.lib.tables_test
import data.rules.storage.mount_units_left

_host(source, links) := {
	"units": [{"name": "mnt-pve-scratch.mount", "fragment_path": "/etc/systemd/system/mnt-pve-scratch.mount", "drop_ins": []}],
	"storage": {
		"fstab": [],
		"mounts": [{"target": "/mnt/pve/scratch", "source": source, "type": "ext4", "options": []}],
		"block_devices": [{"name": "sdb1", "kind": "part", "size_bytes": 1, "links": links}],
	},
}

test_fires_on_an_encrypted_disk if {
	mount_units_left.findings == {{"at": ["/units/0"], "vars": {"units": "mnt-pve-scratch.mount"}}} with input as _host("/dev/mapper/cryptscratch", [])
		with data.catalog as tables_test.fixture
}

_unit(name, states) := json.patch(_host("/dev/mapper/cryptscratch", []), [{"op": "replace", "path": "/units/0", "value": object.union({"name": name, "fragment_path": sprintf("/etc/systemd/system/%s", [name]), "drop_ins": []}, states)}])

test_silent_on_a_leftover if {
	count(mount_units_left.findings) == 0 with input as _unit("mnt-pve-scratch.mount", {"file_state": "disabled", "active_state": "inactive"})
		with data.catalog as tables_test.fixture
	count(mount_units_left.findings) == 1 with input as _unit("mnt-pve-scratch.mount", {"file_state": "disabled", "active_state": "active"})
		with data.catalog as tables_test.fixture
}

test_silent_on_what_snapd_makes if {
	count(mount_units_left.findings) == 0 with input as _unit("snap-certbot-4193.mount", {"file_state": "enabled"})
		with data.catalog as tables_test.fixture
}

test_silent_on_a_mount_that_is_taken_over if {
	count(mount_units_left.findings) == 0 with input as _host("/dev/sdb1", ["/dev/disk/by-uuid/ab-12"])
		with data.catalog as tables_test.fixture
}
