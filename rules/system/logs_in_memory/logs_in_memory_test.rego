package rules.system.logs_in_memory_test

import data.rules.system.logs_in_memory

_host(unit, state, file) := {
	"units": [{"name": unit, "file_state": state}],
	"storage": {"fstab": [{"file": file, "type": "tmpfs", "spec": "tmpfs"}]},
}

test_fires_on_log2ram if {
	logs_in_memory.findings == {{"at": ["/units/0"], "vars": {"what": "log2ram.service"}}} with input as _host("log2ram.service", "enabled", "/tmp")
}

test_fires_on_a_mount if {
	logs_in_memory.findings == {{
		"at": ["/storage/fstab/0"],
		"vars": {"what": "the line of fstab for /var/log"},
	}} with input as _host("log2ram.service", "disabled", "/var/log")
}

test_silent_on_another_mount if {
	count(logs_in_memory.findings) == 0 with input as _host("log2ram.service", "disabled", "/var/tmp")
}
