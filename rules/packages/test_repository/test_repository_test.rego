package rules.packages.test_repository_test

import data.rules.packages.test_repository

_host(enabled, component) := {"repositories": [{"enabled": enabled, "types": ["deb"], "uris": ["http://download.proxmox.com/debian/pve"], "suites": ["bookworm"], "components": [component]}]}

test_fires_on_the_test_repository if {
	test_repository.findings == {{"at": ["/repositories/0"], "vars": {"components": "pvetest"}}} with input as _host(true, "pvetest")
}

test_silent_where_it_is_off if {
	count(test_repository.findings) == 0 with input as _host(false, "pvetest")
}

test_silent_on_the_free_repository if {
	count(test_repository.findings) == 0 with input as _host(true, "pve-no-subscription")
}
