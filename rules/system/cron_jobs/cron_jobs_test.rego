package rules.system.cron_jobs_test

import data.rules.system.cron_jobs

_host(schedule, program, source) := {"system": {"cron": [{"schedule": schedule, "user": "root", "program": program, "source": source}]}}

test_fires_on_a_local_table_and_carries_it if {
	host := _host("0 3 * * *", "/usr/local/bin/sync", "/var/spool/cron/crontabs/root:4")
	cron_jobs.findings == {{"at": ["/system/cron/0"], "vars": {"count": 1}}} with input as host
	{[c.path, c.to] | some c in cron_jobs.carries} == {["/var/spool/cron/crontabs/root", "/var/lib/pve2nix/var/spool/cron/crontabs/root"]} with input as host
}

test_fires_on_a_local_script_of_run_parts if {
	count(cron_jobs.findings) == 1 with input as _host("@daily", "/etc/cron.daily/mine", "/etc/cron.daily/mine")
}

test_a_job_with_a_tool_of_pve_is_only_carried if {
	host := _host("0 3 * * *", "/usr/sbin/qm", "/etc/cron.d/nightly:2")
	count(cron_jobs.findings) == 0 with input as host
	count(cron_jobs.carries) == 1 with input as host
}

test_silent_on_what_packages_bring if {
	count(cron_jobs.findings) == 0 with input as _host("17 * * * *", "cd", "/etc/crontab:3")
	count(cron_jobs.findings) == 0 with input as _host("@daily", "/etc/cron.daily/logrotate", "/etc/cron.daily/logrotate")
	count(cron_jobs.findings) == 0 with input as _host("@daily", "/etc/cron.daily/plocate", "/etc/cron.daily/plocate")
	count(cron_jobs.findings) == 0 with input as _host("10 3 * * *", "test", "/etc/cron.d/e2scrub_all:2")
}
