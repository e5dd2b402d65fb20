package rules.system.cron_pve_test

import data.rules.system.cron_pve

_host(program, source) := {"system": {"cron": [{"schedule": "@daily", "user": "root", "program": program, "source": source}]}}

test_fires_on_a_tool_with_its_path if {
	cron_pve.findings == {{"at": ["/system/cron/0"], "vars": {"programs": "qm"}}} with input as _host("/usr/sbin/qm", "/etc/cron.d/nightly:2")
}

test_silent_on_the_old_backup_table if {
	count(cron_pve.findings) == 0 with input as _host("vzdump", "/etc/cron.d/vzdump:5")
}

test_silent_on_other_programs if {
	count(cron_pve.findings) == 0 with input as _host("/usr/local/bin/qmail", "/etc/cron.d/x:1")
}
