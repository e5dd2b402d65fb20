package rules.cluster.migration_network_test

import data.rules.cluster.migration_network

_host(cidr, method) := {
	"capture": {"areas": [{"name": "network.interfaces", "status": "known"}]},
	"cluster": {"nodes": [{"name": "pve1", "id": 1, "local": true}, {"name": "pve2", "id": 2, "local": false}]},
	"datacenter": {"options": [{"key": "keyboard", "value": "de", "fields": []}, {"key": "migration", "value": "x", "fields": [{"name": "type", "value": "secure"}, {"name": "network", "value": cidr}]}]},
	"network": {"interfaces": [{"methods": [{"method": method}], "addresses": [{"cidr": "10.0.0.1/24"}]}], "links": [{"addresses": [{"cidr": "10.3.0.1/24"}]}]},
}

test_fires_on_a_network_that_the_host_is_not_in if {
	migration_network.findings == {{"at": ["/datacenter/options/1"], "vars": {"purpose": "migration", "network": "10.9.0.0/24"}}} with input as _host("10.9.0.0/24", "static")
}

test_silent_on_a_network_of_the_host if {
	count(migration_network.findings) == 0 with input as _host("10.0.0.0/24", "static")
	count(migration_network.findings) == 0 with input as _host("10.3.0.0/24", "static")
}

test_silent_where_dhcp_may_have_given_an_address if {
	count(migration_network.findings) == 0 with input as _host("10.9.0.0/24", "dhcp")
}
