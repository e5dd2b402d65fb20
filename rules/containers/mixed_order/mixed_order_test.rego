package rules.containers.mixed_order_test

import data.rules.containers.mixed_order

_host(onboot, startup) := {"guests": [
	{"vmid": 200, "type": "lxc", "local": true, "config": [{"key": "onboot", "value": "1", "fields": []}, {"key": "startup", "value": "x", "fields": startup}]},
	{"vmid": 100, "type": "qemu", "local": true, "config": [{"key": "onboot", "value": onboot, "fields": []}]},
]}

_order := [{"name": "order", "value": "1"}]

test_fires_on_an_order_over_both if {
	mixed_order.findings == {{"at": ["/guests/0/config/1"], "vars": {"containers": "200", "vms": "100"}}} with input as _host("1", _order)
}

test_silent_without_an_order if {
	count(mixed_order.findings) == 0 with input as _host("1", [])
}

test_silent_when_only_containers_start if {
	count(mixed_order.findings) == 0 with input as _host("0", _order)
}
