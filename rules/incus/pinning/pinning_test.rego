package rules.incus.pinning_test

import data.rules.incus.pinning

_host(affinity) := {"guests": [{"vmid": 100, "type": "qemu", "local": true, "config": [{"key": "cores", "value": "4"}, {"key": "affinity", "value": affinity}]}]}

test_a_list_of_another_length if {
	pinning.findings == {{"at": ["/guests/0/config/1"], "vars": {"vmids": "100"}}} with input as _host("0-7")
}

test_silent_for_one_processor_each if {
	count(pinning.findings) == 0 with input as _host("0-1,4-5")
}
