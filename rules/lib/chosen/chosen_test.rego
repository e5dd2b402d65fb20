package lib.chosen_test

import data.lib.chosen
import data.lib.tables_test

_with_zfs := {"storage": {"mounts": [{"source": "tank", "target": "/tank", "type": "zfs"}]}}

test_names_of_sets if {
	chosen.kernel == ["linuxPackages_latest"] with data.answers as {"kernel": "latest"}
	chosen.kernel == ["linuxKernel", "packages", "linux_6_6"] with data.answers as {"kernel": "linuxPackages_6_6"}
	chosen.kernel == ["linuxPackages_6_6_hardened"] with data.answers as {"kernel": "linuxPackages_6_6_hardened"}
	not chosen.kernel with data.answers as {}
}

test_any_kernel_fits_without_zfs if {
	chosen.kernel_fits with data.answers as {"kernel": "latest"} with input as {}
	not chosen.kernel_fits with data.answers as {} with input as {}
}

test_with_zfs_those_that_it_builds_for if {
	every name in ["linuxPackages", "linuxPackages_6_6", "linuxPackages_6_6_hardened"] {
		chosen.kernel_fits with data.answers as {"kernel": name}
			with input as _with_zfs
			with data.release as "25.11"
			with data.catalog as tables_test.fixture
	}
	every name in ["latest", "linuxPackages_zen", "linuxPackages_6_17", "linuxPackages_6_17_hardened"] {
		not chosen.kernel_fits with data.answers as {"kernel": name}
			with input as _with_zfs
			with data.release as "25.11"
			with data.catalog as tables_test.fixture
	}
}
