package rules.system.cron_without_pve_test

import data.rules.system.cron_without_pve

_host(program, source) := {"system": {"cron": [{"schedule": "@daily", "user": "root", "program": program, "source": source}]}}

test_fires_on_a_tool_of_pve if {
	cron_without_pve.findings == {{"at": ["/system/cron/0"], "vars": {"programs": "vzdump"}}} with input as _host("vzdump", "/etc/cron.d/nightly:2")
}

test_silent_on_the_old_backup_table if {
	count(cron_without_pve.findings) == 0 with input as _host("vzdump", "/etc/cron.d/vzdump:5")
}
