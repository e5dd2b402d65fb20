package rules.containers.host_interfaces_test

import data.rules.containers.host_interfaces

_host(key) := {"guests": [{"vmid": 216, "type": "lxc", "local": true, "config": [{"key": "arch", "value": "amd64"}, {"key": key, "value": "enp3s0"}]}]}

test_fires_on_a_card if {
	host_interfaces.findings == {{"at": ["/guests/0/config/1"], "vars": {"vmids": "216", "links": "enp3s0"}}} with input as _host("lxc.net.1.link")
}

test_silent_on_the_name_inside if {
	count(host_interfaces.findings) == 0 with input as _host("lxc.net.1.name")
}

test_silent_on_the_bridge_of_a_veth if {
	host := {"guests": [{"vmid": 216, "type": "lxc", "local": true, "config": [{"key": "lxc.net.1.type", "value": "veth"}, {"key": "lxc.net.1.link", "value": "vmbr1"}]}]}
	count(host_interfaces.findings) == 0 with input as host
}
