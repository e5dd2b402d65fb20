package rules.storage.md_checks_test

import data.rules.storage.md_checks

_host(level, source, state) := {
	"storage": {"md_arrays": [{"name": "md0", "level": level, "state": "active"}]},
	"system": {"cron": [{"source": source}]},
	"units": [{"name": "mdcheck_start.timer", "file_state": state}],
}

test_fires_with_the_timer if {
	md_checks.findings == {{"at": ["/storage/md_arrays/0"], "vars": {"arrays": "md0"}}} with input as _host("raid1", "/etc/cron.d/other:1", "enabled")
}

test_fires_with_the_job_of_cron if {
	count(md_checks.findings) == 1 with input as _host("raid1", "/etc/cron.d/mdadm:8", "disabled")
}

test_silent_when_nothing_is_checked if {
	count(md_checks.findings) == 0 with input as _host("raid1", "/etc/cron.d/other:1", "disabled")
}

test_silent_without_a_copy_to_compare if {
	count(md_checks.findings) == 0 with input as _host("raid0", "/etc/cron.d/mdadm:8", "enabled")
}
