package rules.kernel.crash_dumps_test

import data.rules.kernel.crash_dumps

_host(state, key) := {
	"units": [{"name": "kdump-tools.service", "file_state": state}],
	"system": {"boot": {"kernel_parameters": [{"key": key, "value": "384M-:256M"}]}},
}

test_fires_where_dumps_are_kept if {
	crash_dumps.findings == {{
		"at": ["/system/boot/kernel_parameters/0", "/units/0"],
		"vars": {"memory": "384M-:256M"},
	}} with input as _host("enabled", "crashkernel")
}

test_silent_where_it_is_switched_off if {
	count(crash_dumps.findings) == 0 with input as _host("disabled", "crashkernel")
}

test_silent_without_memory_for_it if {
	count(crash_dumps.findings) == 0 with input as _host("enabled", "quiet")
}
