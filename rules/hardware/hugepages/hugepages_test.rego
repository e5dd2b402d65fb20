package rules.hardware.hugepages_test

import data.rules.hardware.hugepages

_host(key, local) := {"guests": [{"vmid": 100, "local": local, "config": [{"key": key, "value": "1024", "fields": []}]}]}

test_fires_on_a_guest_that_uses_them if {
	hugepages.findings == {{"at": ["/guests/0/config/0"], "vars": {"what": "used by 1 guests"}}} with input as _host("hugepages", true)
}

test_silent_on_a_guest_of_another_node if {
	count(hugepages.findings) == 0 with input as _host("hugepages", false)
}
