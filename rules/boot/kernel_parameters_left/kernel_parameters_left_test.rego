package rules.boot.kernel_parameters_left_test

import data.lib.tables_test
import data.rules.boot.kernel_parameters_left

_host(key) := {"system": {"boot": {"kernel_parameters": [{"key": key, "value": "1", "fields": []}]}}}

test_fires_on_a_word_that_nobody_knows if {
	kernel_parameters_left.findings == {{"at": ["/system/boot/kernel_parameters/0"], "vars": {"keys": "frobnicate"}}} with input as _host("frobnicate")
}

test_silent_on_what_is_kept_or_of_pve if {
	count(kernel_parameters_left.findings) == 0 with input as _host("hugepages")
	count(kernel_parameters_left.findings) == 0 with input as _host("root")
		with data.catalog as tables_test.fixture
}
