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

_unit(name, state, settings) := {"name": name, "file_state": state, "fragment_path": concat("", ["/etc/systemd/system/", name]), "drop_ins": [], "detail": {"settings": [{"key": k, "value": v} | some [k, v] in settings]}}

_written(units) := {"units": units, "storage": {"fstab": [], "mounts": [], "block_devices": []}}

_nas := [["Mount.What", "nas.example.net:/vm"], ["Mount.Where", "/srv/vm"], ["Mount.Type", "nfs4"], ["Mount.Options", "defaults,soft,vers=4.2"]]

test_a_share_for_which_there_is_a_unit if {
	{concat(".", s.option): s.value | some s in mount_units.settings} == {
		"fileSystems./srv/vm.device": "nas.example.net:/vm",
		"fileSystems./srv/vm.fsType": "nfs4",
		"fileSystems./srv/vm.options": ["soft", "vers=4.2", "nofail", "_netdev"],
	} with input as _written([_unit("srv-vm.mount", "enabled", _nas)])
		with data.catalog as tables_test.fixture
}

test_one_that_is_mounted_on_access if {
	host := _written([_unit("srv-vm.mount", "disabled", _nas), _unit("srv-vm.automount", "enabled", [["Automount.Where", "/srv/vm"], ["Automount.TimeoutIdleSec", "600"]])])
	{s.value | some s in mount_units.settings; s.option[2] == "options"} == {["soft", "vers=4.2", "nofail", "_netdev", "x-systemd.automount", "x-systemd.idle-timeout=600"]} with input as host
		with data.catalog as tables_test.fixture
	{s.at | some s in mount_units.settings} == {["/units/0", "/units/1"]} with input as host
		with data.catalog as tables_test.fixture
}

test_units_that_nobody_starts_or_that_hold_a_secret_are_left if {
	every unit in [
		_unit("srv-vm.mount", "disabled", _nas),
		_unit("srv-vm.mount", "enabled", [["Mount.What", "//nas/vm"], ["Mount.Where", "/srv/vm"], ["Mount.Type", "cifs"], ["Mount.Options", "password=geheim"]]),
		_unit("srv-vm.mount", "enabled", [["Mount.What", "/dev/sdb1"], ["Mount.Where", "/srv/vm"], ["Mount.Type", "ext4"]]),
		_unit("srv-vm.mount", "enabled", [["Mount.What", "nas:/vm"], ["Mount.Where", "/srv/other"], ["Mount.Type", "nfs4"]]),
	] {
		count(mount_units.settings) == 0 with input as _written([unit])
			with data.catalog as tables_test.fixture
	}
}
