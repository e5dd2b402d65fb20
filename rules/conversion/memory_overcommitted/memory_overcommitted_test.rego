package rules.conversion.memory_overcommitted_test

import data.rules.conversion.memory_overcommitted

_host(memory, onboot) := {
	"hardware": {"memory_kib": 16303524},
	"guests": [
		{"vmid": 100, "type": "qemu", "local": true, "config": [{"key": "memory", "value": "8192"}, {"key": "onboot", "value": "1"}]},
		{"vmid": 101, "type": "qemu", "local": true, "config": [{"key": "memory", "value": memory}, {"key": "onboot", "value": onboot}]},
	],
}

test_fires_where_guests_may_take_more_than_there_is if {
	memory_overcommitted.findings == {{
		"at": ["/guests/0/config/0", "/guests/1/config/0", "/hardware/memory_kib"],
		"vars": {"guests": 20, "host": 15},
	}} with input as _host("current=12288", "1")
}

test_silent_where_the_other_does_not_start_with_the_host if {
	count(memory_overcommitted.findings) == 0 with input as _host("current=12288", "0")
}

test_silent_where_there_is_enough if {
	count(memory_overcommitted.findings) == 0 with input as _host("4096", "1")
}
