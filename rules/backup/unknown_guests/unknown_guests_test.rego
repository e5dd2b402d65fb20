package rules.backup.unknown_guests_test

import data.rules.backup.unknown_guests

_host(status, vmids) := {
	"host": {"name": "a"},
	"guests": [{"vmid": 100, "local": true}, {"vmid": 101, "local": false}],
	"capture": {"areas": [{"name": "guests", "status": status}]},
	"access": {"pools": []},
	"jobs": {"scheduled": [{"type": "vzdump", "id": "x", "properties": [{"key": "vmid", "value": vmids}]}]},
}

test_fires_on_a_number_of_nobody if {
	unknown_guests.findings == {{"at": ["/jobs/scheduled/0/properties/0"], "vars": {"job": "x", "vmids": "105, 106"}}} with input as _host("known", "100,106,105")
}

test_silent_on_a_guest_of_another_node if {
	count(unknown_guests.findings) == 0 with input as _host("known", "100,101")
}

test_silent_when_guests_are_unknown if {
	count(unknown_guests.findings) == 0 with input as _host("partial", "105")
}
