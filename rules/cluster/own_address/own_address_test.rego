package rules.cluster.own_address_test

import data.rules.cluster.own_address

_host(address, method, live) := {
	"capture": {"areas": [{"name": "network.interfaces", "status": "known"}, {"name": "network.live", "status": live}]},
	"cluster": {"nodes": [{"name": "pve1", "id": 1, "local": true, "addresses": [address]}, {"name": "pve2", "id": 2, "local": false, "addresses": ["10.9.9.9"]}]},
	"network": {
		"interfaces": [{"methods": [{"family": "inet", "method": method}], "addresses": [{"cidr": "10.0.0.1/24"}]}],
		"links": [{"addresses": [{"cidr": "10.2.0.1/24"}]}],
	},
}

test_fires_on_an_address_that_is_nowhere if {
	own_address.findings == {{"at": ["/cluster/nodes/0"], "vars": {"addresses": "10.1.0.1"}}} with input as _host("10.1.0.1", "static", "unknown")
}

test_silent_on_an_address_that_is_configured if {
	count(own_address.findings) == 0 with input as _host("10.0.0.1", "static", "unknown")
}

test_silent_on_an_address_that_a_link_has if {
	count(own_address.findings) == 0 with input as _host("10.2.0.1", "dhcp", "known")
}

test_silent_where_dhcp_may_have_given_it if {
	count(own_address.findings) == 0 with input as _host("10.1.0.1", "dhcp", "unknown")
}

test_silent_on_another_spelling_of_an_address if {
	host := _host("2001:DB8:0::1", "static", "unknown")
	v6 := object.union(host, {"network": {"interfaces": [{"methods": [], "addresses": [{"cidr": "2001:db8::1/64"}]}]}})
	count(own_address.findings) == 0 with input as v6
	{f.vars.addresses | some f in own_address.findings} == {"2001:db8::2"} with input as object.union(v6, {"cluster": {"nodes": [{"name": "pve1", "id": 1, "local": true, "addresses": ["2001:db8::2"]}, {"name": "pve2", "id": 2, "local": false, "addresses": ["10.9.9.9"]}]}})
}
