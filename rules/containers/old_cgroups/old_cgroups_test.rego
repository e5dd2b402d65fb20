package rules.containers.old_cgroups_test

import data.rules.containers.old_cgroups

_host(key) := {"guests": [{"vmid": 202, "type": "lxc", "local": true, "config": [{"key": key, "value": "c 10:200 rwm"}]}]}

test_fires_on_version_1 if {
	old_cgroups.findings == {{"at": ["/guests/0/config/0"], "vars": {"vmids": "202"}}} with input as _host("lxc.cgroup.devices.allow")
}

test_silent_on_version_2 if {
	count(old_cgroups.findings) == 0 with input as _host("lxc.cgroup2.devices.allow")
}
