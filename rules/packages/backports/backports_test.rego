package rules.packages.backports_test

import data.rules.packages.backports

_host(version, auto) := {"packages": [{"name": "htop", "version": "3.2.2-2", "status": "installed", "auto": false}, {"name": "smartmontools", "version": version, "status": "installed", "auto": auto}]}

test_fires_on_a_backport if {
	backports.findings == {{"at": ["/packages/1"], "vars": {"names": "smartmontools"}}} with input as _host("7.4-2~bpo12+1", false)
}

test_silent_on_a_version_of_the_release if {
	count(backports.findings) == 0 with input as _host("7.3-1+b1", false)
}

test_silent_on_what_only_came_along if {
	count(backports.findings) == 0 with input as _host("7.4-2~bpo12+1", true)
}
