package rules.boot.chosen_kernel_test

import data.lib.tables_test
import data.rules.boot.chosen_kernel

_host(types) := {"storage": {"mounts": [{"source": "x", "target": "/x", "type": t} | some t in types]}}

_findings(kernel, types) := x if {
	x := chosen_kernel.findings with input as _host(types)
		with data.answers as {"kernel": kernel}
		with data.release as "25.11"
		with data.catalog as tables_test.fixture
}

test_fires_where_zfs_is_needed_and_not_known_to_build if {
	_findings("latest", ["ext4", "zfs"]) == {{"at": ["/host/kernel"], "vars": {
		"kernel": "latest",
		"release": "25.11",
		"kernels": "linuxPackages_6_6, linuxPackages_6_12",
	}}}
}

test_silent_without_zfs if count(_findings("latest", ["ext4"])) == 0

test_silent_where_zfs_builds if count(_findings("linuxPackages_6_12", ["zfs"])) == 0

test_silent_where_nothing_is_chosen if {
	count(chosen_kernel.findings) == 0 with input as _host(["zfs"])
		with data.answers as {}
		with data.release as "25.11"
		with data.catalog as tables_test.fixture
}
