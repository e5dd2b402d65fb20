package rules.upgrade.other_suite_test

import data.rules.upgrade.other_suite

_host(codename) := {
	"host": {"codename": codename},
	"repositories": [{"enabled": true, "types": ["deb"], "uris": ["http://deb.debian.org/debian"], "suites": ["trixie", "trixie-updates"], "components": ["main"]}],
}

_tables := {"debian_releases": {"bookworm": 12, "trixie": 13}}

test_fires_before_the_upgrade if {
	other_suite.findings == {{"at": ["/host/codename", "/repositories/0"], "vars": {"suite": "trixie", "codename": "bookworm"}}} with input as _host("bookworm")
		with data.catalog as _tables
}

test_silent_where_they_belong_together if {
	count(other_suite.findings) == 0 with input as _host("trixie")
		with data.catalog as _tables
}
