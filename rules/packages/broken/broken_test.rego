package rules.packages.broken_test

import data.rules.packages.broken

_host(status) := {"packages": [{"name": "htop", "status": "installed"}, {"name": "zfs-dkms", "status": status}]}

test_fires_on_a_half_installed_package if {
	broken.findings == {{"at": ["/packages/1"], "vars": {"count": 1, "names": "zfs-dkms"}}} with input as _host("broken")
}

test_silent_on_left_configuration if {
	count(broken.findings) == 0 with input as _host("config-files")
}
