package rules.boot.kernel_differs_test

import data.lib.tables_test
import data.rules.boot.kernel_differs

_host(version) := {"host": {"kernel": version}}

test_fires_when_pve_is_newer if {
	count(kernel_differs.findings) == 1 with input as _host("6.17.4-2-pve")
		with data.release as "25.11"
		with data.catalog as tables_test.fixture
}

test_silent_when_nixos_is_newer if {
	count(kernel_differs.findings) == 0 with input as _host("6.8.12-15-pve")
		with data.release as "25.11"
		with data.catalog as tables_test.fixture
}

test_silent_when_unknown if {
	count(kernel_differs.findings) == 0 with input as {"host": {}}
		with data.release as "25.11"
		with data.catalog as tables_test.fixture
}
