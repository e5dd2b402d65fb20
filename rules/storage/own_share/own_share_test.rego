package rules.storage.own_share_test

import data.rules.storage.own_share

_host(server, properties) := {
	"host": {"name": "a"},
	"network": {"interfaces": [{"name": "vmbr0", "addresses": [{"cidr": "192.0.2.1/24"}]}], "links": []},
	"storage": {"storages": [{"type": "nfs", "id": "loop", "properties": array.concat([{"key": "server", "value": server}], properties)}]},
}

test_fires_on_the_own_address if {
	own_share.findings == {{"at": ["/storage/storages/0"], "vars": {"ids": "loop", "first": "loop"}}} with input as _host("192.0.2.1", [])
}

test_silent_on_another_server if {
	count(own_share.findings) == 0 with input as _host("192.0.2.11", [])
}

test_silent_when_it_is_for_other_nodes if {
	count(own_share.findings) == 0 with input as _host("192.0.2.1", [{"key": "nodes", "value": "b,c"}])
}
