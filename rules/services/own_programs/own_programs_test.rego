package rules.services.own_programs_test

import data.rules.services.own_programs

_host(state, program, job) := {
	"units": [{"name": "x.service", "file_state": state, "detail": {"commands": [{"when": "ExecStart", "program": program}]}}],
	"system": {"cron": [{"program": job}]},
}

test_fires_on_units_and_jobs if {
	own_programs.findings == {{
		"at": ["/system/cron/0", "/units/0"],
		"vars": {"programs": "/opt/agent/bin/agentd, /root/backup.sh"},
	}} with input as _host("enabled", "/opt/agent/bin/agentd", "/root/backup.sh")
}

test_names_twelve if {
	units := [{"name": "x.service", "file_state": "static", "detail": {"commands": [{"program": sprintf("/opt/p%02d", [n])} | some n in numbers.range(1, 14)]}}]
	some f in own_programs.findings with input as {"units": units, "system": {"cron": []}}
	endswith(f.vars.programs, "/opt/p12 and 2 more")
}

test_silent_on_programs_of_packages if {
	count(own_programs.findings) == 0 with input as _host("enabled", "/usr/bin/rsync", "test")
}

test_silent_on_a_unit_that_is_switched_off if {
	count(own_programs.findings) == 0 with input as _host("disabled", "/opt/agent/bin/agentd", "test")
}
