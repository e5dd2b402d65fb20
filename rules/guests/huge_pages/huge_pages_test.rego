package rules.guests.huge_pages_test

import data.rules.guests.huge_pages

_host(size, parameters) := {
	"capture": {"areas": [{"name": "system.boot", "status": "known"}]},
	"guests": [{"vmid": 111, "type": "qemu", "local": true, "config": [{"key": "hugepages", "value": size, "fields": []}]}],
	"system": {"boot": {"kernel_parameters": [{"key": key, "value": value} | some key, value in parameters]}},
}

test_fires_without_a_reservation if {
	huge_pages.findings == {{"at": ["/guests/0/config/0"], "vars": {"vmids": "111"}}} with input as _host("1024", {"quiet": ""})
}

test_fires_where_only_small_ones_are_reserved if {
	count(huge_pages.findings) == 1 with input as _host("1024", {"hugepagesz": "2M", "hugepages": "512"})
}

test_silent_with_a_reservation if {
	count(huge_pages.findings) == 0 with input as _host("1024", {"hugepagesz": "1G", "hugepages": "64"})
}

test_silent_on_small_pages if {
	count(huge_pages.findings) == 0 with input as _host("2", {"quiet": ""})
}
