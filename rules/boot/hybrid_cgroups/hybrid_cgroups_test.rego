package rules.boot.hybrid_cgroups_test

import data.rules.boot.hybrid_cgroups

_host(value) := {"system": {"boot": {"kernel_parameters": [{"key": "systemd.unified_cgroup_hierarchy", "value": value, "fields": []}]}}}

test_fires_when_v2_is_switched_off if {
	count(hybrid_cgroups.findings) == 1 with input as _host("0")
}

test_silent_when_it_is_on if {
	count(hybrid_cgroups.findings) == 0 with input as _host("1")
}

test_fires_on_any_word_that_systemd_reads_as_no if {
	count(hybrid_cgroups.findings) == 1 with input as _host("off")
}
