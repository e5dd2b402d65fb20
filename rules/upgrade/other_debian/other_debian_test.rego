package rules.upgrade.other_debian_test

import data.rules.upgrade.other_debian

_tables := {"debian_releases": {"bookworm": 12, "trixie": 13}, "pve_releases": {"8": {"debian": "bookworm"}}}

test_fires_on_a_newer_base if {
	other_debian.findings == {{"at": ["/host/codename", "/host/pve_version"], "vars": {"major": 8, "codename": "trixie", "want": "bookworm"}}} with input as {"host": {"pve_major": 8, "codename": "trixie"}}
		with data.catalog as _tables
}

test_silent_where_they_belong_together if {
	count(other_debian.findings) == 0 with input as {"host": {"pve_major": 8, "codename": "bookworm"}}
		with data.catalog as _tables
}

test_silent_on_a_derivative_that_is_not_known if {
	count(other_debian.findings) == 0 with input as {"host": {"pve_major": 8, "codename": "daedalus"}}
		with data.catalog as _tables
}
