package rules.backup.empty_pool_test

import data.rules.backup.empty_pool

_host(status, guests) := {
	"host": {"name": "a"},
	"guests": [],
	"capture": {"areas": [{"name": "access", "status": status}]},
	"access": {"pools": [{"id": "web", "guests": guests}]},
	"jobs": {"scheduled": [{"type": "vzdump", "id": "x", "properties": [{"key": "pool", "value": "web"}]}]},
}

test_fires_on_an_empty_pool if {
	empty_pool.findings == {{"at": ["/jobs/scheduled/0/properties/0"], "vars": {"job": "x", "pool": "web"}}} with input as _host("known", [])
}

test_silent_on_one_with_guests if {
	count(empty_pool.findings) == 0 with input as _host("known", ["100"])
}

test_silent_when_pools_are_unknown if {
	count(empty_pool.findings) == 0 with input as _host("unknown", [])
}
