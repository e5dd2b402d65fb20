package rules.system.cron_jobs_test

import data.rules.system.cron_jobs

_catalog := {"programs": {"rsync": ["pkgs", "rsync"], "zpool": ["config", "boot", "zfs", "package"]}}

_host(schedule, program, source) := {"system": {"cron": [{"schedule": schedule, "user": "root", "program": program, "source": source}]}}

_of(rule, option) := {s.value | some s in rule; s.option == option}

test_a_table_of_a_user_goes_where_cron_reads_it if {
	host := _host("0 3 * * *", "/usr/bin/rsync", "/var/spool/cron/crontabs/root:4")
	count(cron_jobs.findings) == 0 with input as host with data.catalog as _catalog
	cron_jobs.settings == {
		{"at": ["/system/cron/0"], "option": ["services", "cron", "enable"], "value": true},
		{"at": ["/system/cron/0"], "option": ["systemd", "services", "cron", "after"], "value": ["bin.mount", "usr-bin.mount"]},
		{"at": ["/system/cron/0"], "option": ["environment", "systemPackages"], "value": [{"_ref": ["pkgs", "rsync"]}]},
	} with input as host with data.catalog as _catalog
	cron_jobs.carries == {{
		"at": ["/system/cron/0"], "path": "/var/spool/cron/crontabs/root", "to": "/var/cron/tabs/root",
		"mode": "0600", "secret": true,
	}} with input as host
		with data.catalog as _catalog
}

test_a_table_of_the_system_is_joined_to_that_of_nixos if {
	host := _host("0 3 * * *", "/usr/local/bin/sync", "/etc/cron.d/nightly:4")
	count(cron_jobs.findings) == 0 with input as host with data.catalog as _catalog
	some s in cron_jobs.settings with input as host with data.catalog as _catalog
	s.option == ["system", "activationScripts", "carriedCrontabs"]
	s.value.deps == ["etc"]
	startswith(s.value.text, "set -- /var/lib/pve2nix/etc/cron.d/nightly\n(umask 077; {\n")
	{[c.path, c.to, c.mode] | some c in cron_jobs.carries} == {["/etc/cron.d/nightly", "/var/lib/pve2nix/etc/cron.d/nightly", "0600"]} with input as host with data.catalog as _catalog
}

test_a_line_that_was_added_to_the_table_of_debian_runs if {
	host := _host("0 3 * * *", "/usr/local/bin/sync", "/etc/crontab:20")
	_of(cron_jobs.settings, ["services", "cron", "enable"]) == {true} with input as host with data.catalog as _catalog
}

test_a_script_of_run_parts_runs_when_debian_runs_it if {
	host := _host("@daily", "/etc/cron.daily/mine", "/etc/cron.daily/mine")
	count(cron_jobs.findings) == 0 with input as host with data.catalog as _catalog
	_of(cron_jobs.settings, ["services", "cron", "systemCronJobs"]) == {["25 6 * * * root /etc/cron.daily/mine"]} with input as host with data.catalog as _catalog
	{[c.to, c.mode] | some c in cron_jobs.carries} == {["/etc/cron.daily/mine", "0755"]} with input as host with data.catalog as _catalog
}

test_fires_on_a_program_that_nothing_provides if {
	host := _host("0 3 * * *", "/usr/lib/sysstat/sa1", "/etc/cron.d/nightly:4")
	cron_jobs.findings == {{"at": ["/system/cron/0"], "vars": {"count": 1, "jobs": "/etc/cron.d/nightly (/usr/lib/sysstat/sa1)"}}} with input as host with data.catalog as _catalog
	count(cron_jobs.findings) == 1 with input as _host("0 3 * * *", "sa1", "/etc/cron.d/nightly:4") with data.catalog as _catalog
}

test_fires_on_a_table_that_cron_passes_over if {
	cron_jobs.findings == {{"at": ["/system/cron/0"], "vars": {"count": 1, "jobs": "/etc/cron.d/a.bak (rsync)"}}} with input as _host("0 3 * * *", "rsync", "/etc/cron.d/a.bak:1") with data.catalog as _catalog
	count(cron_jobs.settings) == 0 with input as _host("0 3 * * *", "rsync", "/etc/cron.d/a.bak:1") with data.catalog as _catalog
	{c.to | some c in cron_jobs.carries} == {"/var/lib/pve2nix/etc/cron.d/a.bak"} with input as _host("0 3 * * *", "rsync", "/etc/cron.d/a.bak:1") with data.catalog as _catalog
}

test_silent_on_words_of_the_shell if {
	count(cron_jobs.findings) == 0 with input as _host("0 3 * * *", "cd", "/etc/cron.d/nightly:4") with data.catalog as _catalog
	count(cron_jobs.findings) == 0 with input as _host("0 3 * * *", "LANG=C", "/etc/cron.d/nightly:4") with data.catalog as _catalog
}

test_a_job_with_a_tool_of_pve_has_a_rule_of_its_own if {
	host := _host("0 3 * * *", "/usr/sbin/qm", "/etc/cron.d/nightly:2")
	count(cron_jobs.findings) == 0 with input as host with data.catalog as _catalog
	count(cron_jobs.carries) == 1 with input as host with data.catalog as _catalog
}

test_silent_on_what_packages_bring if {
	every host in [
		_host("17 * * * *", "cd", "/etc/crontab:3"),
		_host("@daily", "/etc/cron.daily/logrotate", "/etc/cron.daily/logrotate"),
		_host("@daily", "/etc/cron.daily/plocate", "/etc/cron.daily/plocate"),
		_host("10 3 * * *", "test", "/etc/cron.d/e2scrub_all:2"),
	] {
		count(cron_jobs.findings) == 0 with input as host with data.catalog as _catalog
		count(cron_jobs.settings) == 0 with input as host with data.catalog as _catalog
		count(cron_jobs.carries) == 0 with input as host with data.catalog as _catalog
	}
}
