package rules.cluster.link_with_storage_test

import data.rules.cluster.link_with_storage

_host(addresses, server) := {
	"cluster": {"nodes": [{"name": "pve1", "id": 1, "local": true, "addresses": addresses}, {"name": "pve2", "id": 2, "local": false, "addresses": []}]},
	"network": {"interfaces": [{"addresses": [{"cidr": "10.0.0.1/24"}]}, {"addresses": [{"cidr": "10.1.0.1/24"}]}]},
	"storage": {"storages": [
		{"type": "dir", "id": "local", "properties": []},
		{"type": "nfs", "id": "nas", "properties": [{"key": "server", "value": server}]},
		{"type": "iscsi", "id": "san", "properties": [{"key": "portal", "value": "10.0.0.9:3260"}]},
		{"type": "nfs", "id": "off", "properties": [{"key": "server", "value": "10.0.0.8"}, {"key": "disable", "value": "1"}]},
	]},
}

test_fires_where_the_only_link_is_in_the_network_of_storages if {
	link_with_storage.findings == {{
		"at": ["/cluster/nodes/0", "/storage/storages/1", "/storage/storages/2"],
		"vars": {"storages": "nas, san"},
	}} with input as _host(["10.0.0.1"], "10.0.0.7")
}

test_silent_with_a_link_of_its_own if {
	count(link_with_storage.findings) == 0 with input as _host(["10.0.0.1", "10.1.0.1"], "10.0.0.7")
}

test_silent_where_storages_are_elsewhere if {
	count(link_with_storage.findings) == 0 with input as _host(["10.1.0.1"], "10.2.0.7")
}
