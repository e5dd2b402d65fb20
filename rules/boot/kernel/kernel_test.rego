package rules.boot.kernel_test

import data.lib.tables_test
import data.rules.boot.kernel

_ref(host, nixos) := x if {
	x := {s.value._mkDefault._ref | some s in kernel.settings} with input as {"host": host}
		with data.release as nixos
		with data.catalog as tables_test.fixture
}

test_takes_the_nearest_series_that_zfs_builds_for if {
	_ref({"kernel": "6.8.12-15-pve"}, "25.11") == {["pkgs", "linuxKernel", "packages", "linux_6_12"]}
	_ref({"kernel": "6.8.12-15-pve"}, "24.11") == {["pkgs", "linuxKernel", "packages", "linux_6_6"]}
}

test_takes_the_default_where_nothing_is_known if {
	_ref({}, "25.11") == {["pkgs", "linuxPackages"]}
	_ref({"kernel": "7.3-custom"}, "25.11") == {["pkgs", "linuxPackages"]}
}

_value(types, answers) := x if {
	x := {s.value | some s in kernel.settings} with input as {"host": {"kernel": "6.8.12-15-pve"}, "storage": {"mounts": [{"source": "x", "target": "/x", "type": t} | some t in types]}}
		with data.answers as answers
		with data.release as "25.11"
		with data.catalog as tables_test.fixture
}

test_takes_what_the_owner_chooses if {
	_value(["ext4"], {"kernel": "latest"}) == {{"_ref": ["pkgs", "linuxPackages_latest"]}}
	_value(["zfs"], {"kernel": "linuxPackages_6_6"}) == {{"_ref": ["pkgs", "linuxKernel", "packages", "linux_6_6"]}}
}

test_leaves_aside_what_zfs_is_not_known_to_build_for if {
	_value(["zfs"], {"kernel": "latest"}) == {{"_mkDefault": {"_ref": ["pkgs", "linuxKernel", "packages", "linux_6_12"]}}}
}
