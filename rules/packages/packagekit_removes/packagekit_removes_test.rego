package rules.packages.packagekit_removes_test

import data.rules.packages.packagekit_removes

_host(version, status) := {"packages": [
	{"name": "packagekit", "version": version, "status": status},
	{"name": "proxmox-ve", "version": "8.4.0", "status": "installed"},
]}

test_fires_on_the_one_of_debian_12 if {
	packagekit_removes.findings == {{"at": ["/packages/0"], "vars": {"version": "1.2.6-5+deb12u1"}}} with input as _host("1.2.6-5+deb12u1", "installed")
}

test_silent_on_one_that_listens if {
	count(packagekit_removes.findings) == 0 with input as _host("1.3.6-1", "installed")
	count(packagekit_removes.findings) == 0 with input as _host("1.10.0-1", "installed")
}

test_silent_where_it_was_removed if {
	count(packagekit_removes.findings) == 0 with input as _host("1.2.6-5", "config-files")
}
