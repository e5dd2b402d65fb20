package rules.containers.quotas_test

import data.rules.containers.quotas

_host(quota) := {"guests": [{"vmid": 207, "type": "lxc", "local": true, "config": [{"key": "mp1", "value": "x", "fields": [{"name": "volume", "value": "tank:vm-207-disk-1"}, {"name": "quota", "value": quota}]}]}]}

test_fires_on_a_quota if {
	quotas.findings == {{"at": ["/guests/0/config/0"], "vars": {"mounts": "207 mp1"}}} with input as _host("1")
}

test_silent_without if {
	count(quotas.findings) == 0 with input as _host("0")
}
