package rules.upgrade.old_packages_test

import data.rules.upgrade.old_packages

_host(version, auto) := {"host": {"codename": "bookworm"}, "packages": [{"name": "bash", "version": "5.2+deb12u1", "status": "installed", "auto": false}, {"name": "ntp", "version": version, "status": "installed", "auto": auto}]}

_tables := {"debian_releases": {"bookworm": 12}}

test_fires_on_a_package_of_the_last_release if {
	old_packages.findings == {{"at": ["/packages/1"], "vars": {"names": "ntp", "codename": "bookworm"}}} with input as _host("1:4.2.8p15+dfsg-1+deb11u1", false)
		with data.catalog as _tables
}

test_silent_on_this_release if {
	count(old_packages.findings) == 0 with input as _host("1:4.2.8p15+dfsg-1+deb12u1", false)
		with data.catalog as _tables
}

test_silent_on_a_library_that_is_left if {
	count(old_packages.findings) == 0 with input as _host("1:4.2.8p15+dfsg-1+deb11u1", true)
		with data.catalog as _tables
}
