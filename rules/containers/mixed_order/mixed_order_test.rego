package rules.containers.mixed_order_test

import data.rules.containers.mixed_order

_guest(vmid, type, onboot, order) := {"vmid": vmid, "type": type, "local": true, "config": [
	{"key": "onboot", "value": onboot, "fields": []},
	{"key": "startup", "value": "x", "fields": [{"name": "order", "value": order}]},
	{"key": "rootfs", "value": "x", "fields": [{"name": "volume", "value": "/srv/root"}]},
]}

_host(order, onboot) := {
	"guests": [_guest(200, "lxc", "1", order), _guest(100, "qemu", "1", "1"), _guest(101, "qemu", onboot, "5")],
	"storage": {"storages": []},
	"cluster": {"ha_resources": []},
}

test_fires_on_a_container_between_virtual_machines if {
	mixed_order.findings == {{"at": ["/guests/0/config/0", "/guests/0/config/1"], "vars": {"containers": "200", "vms": "100, 101"}}} with input as _host("3", "1")
}

test_silent_after_the_last if {
	count(mixed_order.findings) == 0 with input as _host("6", "1")
	count(mixed_order.findings) == 0 with input as _host("3", "0")
}

test_silent_before_the_first if {
	count(mixed_order.findings) == 0 with input as _host("0", "1")
}
