package rules.storage.thin_check_test

import data.rules.storage.thin_check

_host(path, value) := {"host": {"name": "a"}, "storage": {"storages": [], "volume_groups": [{"name": "pve", "logical_volumes": [{"name": "data", "kind": "thin-pool"}]}]}, "config_files": [{"path": path, "properties": [{"key": "devices.dir", "value": "/dev"}, {"key": "global.thin_check_options", "value": value}]}]}

test_fires_without_the_flag if {
	thin_check.findings == {{"at": ["/config_files/0/properties/1"], "vars": {"value": "[ \"-q\" ]"}}} with input as _host("/etc/lvm/lvm.conf", `[ "-q" ]`)
}

test_silent_with_it if {
	count(thin_check.findings) == 0 with input as _host("/etc/lvm/lvm.conf", `[ "-q", "--clear-needs-check-flag" ]`)
}

test_silent_in_a_copy if {
	count(thin_check.findings) == 0 with input as _host("/etc/lvm/lvm.conf.old", `[ "-q" ]`)
}

test_fires_where_only_a_storage_tells_of_a_pool if {
	count(thin_check.findings) == 1 with input as object.union(_host("/etc/lvm/lvm.conf", `[ "-q" ]`), {"storage": {
		"storages": [{"type": "lvmthin", "id": "local-lvm", "properties": []}],
		"volume_groups": [],
	}})
}

test_silent_without_a_thin_pool if {
	count(thin_check.findings) == 0 with input as object.union(_host("/etc/lvm/lvm.conf", `[ "-q" ]`), {"storage": {"storages": [], "volume_groups": []}})
}
