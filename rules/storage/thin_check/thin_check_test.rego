package rules.storage.thin_check_test

import data.rules.storage.thin_check

_host(path, value) := {"config_files": [{"path": path, "properties": [{"key": "devices.dir", "value": "/dev"}, {"key": "global.thin_check_options", "value": value}]}]}

test_fires_without_the_flag if {
	thin_check.findings == {{"at": ["/config_files/0/properties/1"], "vars": {"value": "[ \"-q\" ]"}}} with input as _host("/etc/lvm/lvm.conf", `[ "-q" ]`)
}

test_silent_with_it if {
	count(thin_check.findings) == 0 with input as _host("/etc/lvm/lvm.conf", `[ "-q", "--clear-needs-check-flag" ]`)
}

test_silent_in_a_copy if {
	count(thin_check.findings) == 0 with input as _host("/etc/lvm/lvm.conf.old", `[ "-q" ]`)
}
