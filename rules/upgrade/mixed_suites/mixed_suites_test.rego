package rules.upgrade.mixed_suites_test

import data.rules.upgrade.mixed_suites

_host(enabled) := {"repositories": [
	{"enabled": true, "types": ["deb"], "uris": ["http://deb.debian.org/debian"], "suites": ["trixie", "trixie-updates"], "components": ["main"]},
	{"enabled": enabled, "types": ["deb"], "uris": ["http://download.proxmox.com/debian/pve"], "suites": ["bookworm"], "components": ["pve-no-subscription"]},
	{"enabled": true, "types": ["deb"], "uris": ["https://repo.example.net/debian"], "suites": ["bookworm"], "components": ["main"]},
]}

_tables := {"debian_releases": {"bookworm": 12, "trixie": 13}}

test_fires_on_two_releases if {
	mixed_suites.findings == {{"at": ["/repositories/0", "/repositories/1"], "vars": {"suites": "bookworm, trixie"}}} with input as _host(true)
		with data.catalog as _tables
}

test_silent_where_the_other_is_off_or_another_makers if {
	count(mixed_suites.findings) == 0 with input as _host(false)
		with data.catalog as _tables
}
