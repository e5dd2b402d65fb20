package rules.guests.memory_overcommitted_test

import data.rules.guests.memory_overcommitted

_host(onboot, status) := {
	"capture": {"areas": [{"name": "hardware.memory", "status": status}]},
	"hardware": {"memory_kib": 16000000},
	"guests": [
		{"vmid": 134, "type": "qemu", "local": true, "config": [{"key": "memory", "value": "12288", "fields": [{"name": "current", "value": "12288"}]}, {"key": "onboot", "value": "1", "fields": []}]},
		{"vmid": 135, "type": "qemu", "local": true, "config": [{"key": "memory", "value": "current=4096", "fields": [{"name": "current", "value": "4096"}]}, {"key": "onboot", "value": onboot, "fields": []}]},
		{"vmid": 200, "type": "lxc", "local": true, "config": [{"key": "onboot", "value": "1", "fields": []}]},
	],
}

test_fires_on_more_than_there_is if {
	memory_overcommitted.findings == {{
		"at": ["/guests/0/config/0", "/guests/1/config/0", "/guests/2"],
		"vars": {"want": 16, "have": 15},
	}} with input as _host("1", "known")
}

test_silent_when_one_is_started_by_hand if {
	count(memory_overcommitted.findings) == 0 with input as _host("0", "known")
}

test_silent_when_memory_is_unknown if {
	count(memory_overcommitted.findings) == 0 with input as _host("1", "unknown")
}
