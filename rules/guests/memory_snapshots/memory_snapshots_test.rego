package rules.guests.memory_snapshots_test

import data.rules.guests.memory_snapshots

_host(config, local) := {"guests": [{"vmid": 103, "type": "qemu", "local": local, "config": [], "snapshots": [{"name": "before", "config": []}, {"name": "ram", "config": config}]}]}

test_fires_on_saved_memory if {
	memory_snapshots.findings == {{
		"at": ["/guests/0/snapshots/1/config/1"],
		"vars": {"snapshots": "ram (103)"},
	}} with input as _host([{"key": "memory", "value": "512"}, {"key": "vmstate", "value": "tank:vm-103-state-ram"}], true)
}

test_silent_without_memory if {
	count(memory_snapshots.findings) == 0 with input as _host([{"key": "memory", "value": "512"}], true)
}

test_silent_on_a_guest_of_another_node if {
	count(memory_snapshots.findings) == 0 with input as _host([{"key": "vmstate", "value": "tank:vm-103-state-ram"}], false)
}
