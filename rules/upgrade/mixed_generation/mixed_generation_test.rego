package rules.upgrade.mixed_generation_test

import data.rules.upgrade.mixed_generation

_host(version) := {
	"host": {"pve_major": 8},
	"packages": [{"name": "pve-container", "version": version, "status": "installed"}, {"name": "pve-manager", "version": "8.4.1", "status": "installed"}],
}

_tables := {"pve_generations": {"pve-container": {"8": 5, "9": 6}, "pve-manager": {"8": 8, "9": 9}}}

test_fires_on_a_part_that_is_ahead if {
	mixed_generation.findings == {{"at": ["/packages/0"], "vars": {"major": 8, "names": "pve-container 6.0.9"}}} with input as _host("6.0.9")
		with data.catalog as _tables
}

test_silent_where_numbers_differ_and_generations_do_not if {
	count(mixed_generation.findings) == 0 with input as _host("5.2.6")
		with data.catalog as _tables
}
