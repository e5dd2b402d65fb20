package rules.conversion.guests_unread_test

import data.rules.conversion.guests_unread

_host(status, name) := {
	"capture": {"areas": [{"name": "guests", "status": status}]},
	"packages": [{"name": name, "status": "installed"}],
}

test_fires_where_nothing_was_read if {
	guests_unread.findings == {{"at": ["/capture/areas/0"], "vars": {}}} with input as _host("unknown", "pve-manager")
}

test_silent_where_there_are_no_guests if {
	count(guests_unread.findings) == 0 with input as _host("known", "pve-manager")
}

test_silent_without_pve if {
	count(guests_unread.findings) == 0 with input as _host("unknown", "htop")
}
