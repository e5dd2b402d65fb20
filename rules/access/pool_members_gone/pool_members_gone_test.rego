package rules.access.pool_members_gone_test

import data.rules.access.pool_members_gone

_host(guests, storages, known) := {
	"capture": {"areas": [{"name": "guests", "status": known}, {"name": "storage.storages", "status": known}]},
	"guests": [{"vmid": 100, "type": "qemu", "local": true, "config": []}, {"vmid": 101, "type": "lxc", "local": false, "config": []}],
	"storage": {"storages": [{"type": "dir", "id": "local", "properties": []}]},
	"access": {"pools": [{"id": "a", "guests": ["100"], "storages": []}, {"id": "b", "guests": guests, "storages": storages}]},
}

test_fires_on_members_that_are_gone if {
	pool_members_gone.findings == {{"at": ["/access/pools/1"], "vars": {"pools": "b", "members": "105, nas"}}} with input as _host(["100", "105"], ["nas", "local"], "known")
}

test_silent_on_other_nodes_guests_and_on_half_a_list if {
	count(pool_members_gone.findings) == 0 with input as _host(["101"], ["local"], "known")
	count(pool_members_gone.findings) == 0 with input as _host(["105"], ["nas"], "partial")
}
