package rules.guests.hibernated_test

import data.rules.guests.hibernated

_host(config) := {"guests": [{"vmid": 140, "type": "qemu", "local": true, "config": config, "snapshots": [{"name": "ram", "config": [{"key": "vmstate", "value": "tank:vm-140-state-ram", "fields": []}]}]}]}

test_fires_on_saved_memory if {
	hibernated.findings == {{
		"at": ["/guests/0/config/0", "/guests/0/config/3"],
		"vars": {"vmid": 140, "name": "build", "volume": "tank:vm-140-state-suspend", "machine": "pc-q35-9.2+pve1"},
	}} with input as _host([
		{"key": "lock", "value": "suspended", "fields": []},
		{"key": "name", "value": "build", "fields": []},
		{"key": "runningmachine", "value": "pc-q35-9.2+pve1", "fields": []},
		{"key": "vmstate", "value": "tank:vm-140-state-suspend", "fields": []},
	])
}

test_leaves_the_lock_of_something_else if {
	{f.at | some f in hibernated.findings} == {["/guests/0/config/1"]} with input as _host([
		{"key": "lock", "value": "backup", "fields": []},
		{"key": "vmstate", "value": "tank:vm-140-state-suspend", "fields": []},
	])
}

test_silent_on_the_memory_of_a_snapshot if {
	count(hibernated.findings) == 0 with input as _host([{"key": "name", "value": "build", "fields": []}])
}
