package rules.hardware.fans_by_ipmi_test

import data.rules.hardware.fans_by_ipmi

_host(program, arguments, state) := {
	"units": [{
		"name": "quiet-fans.service", "file_state": state, "fragment_path": "/etc/systemd/system/quiet-fans.service",
		"detail": {"commands": [{"when": "ExecStart", "program": program, "arguments": arguments}]},
	}],
	"system": {"cron": []},
}

test_fires_on_a_raw_command if {
	fans_by_ipmi.findings == {{"at": ["/units/0"], "vars": {"callers": "quiet-fans.service"}}} with input as _host("/usr/bin/ipmitool", ["raw", "0x30"], "static")
}

test_fires_on_a_job_of_cron if {
	host := {"units": [], "system": {"cron": [{"program": "/usr/bin/ipmitool", "source": "/etc/cron.d/fans:1"}]}}
	fans_by_ipmi.findings == {{"at": ["/system/cron/0"], "vars": {"callers": "/etc/cron.d/fans:1"}}} with input as host
}

test_silent_on_a_command_that_only_asks if {
	count(fans_by_ipmi.findings) == 0 with input as _host("/usr/bin/ipmitool", ["sdr"], "enabled")
}

test_silent_on_a_unit_that_is_switched_off if {
	count(fans_by_ipmi.findings) == 0 with input as _host("/usr/bin/ipmitool", ["raw", "0x30"], "disabled")
}

test_fires_on_a_unit_whose_state_is_not_known if {
	host := json.patch(_host("/usr/bin/ipmitool", ["raw", "0x30"], "x"), [{"op": "remove", "path": "/units/0/file_state"}])
	count(fans_by_ipmi.findings) == 1 with input as host
}

test_fires_on_a_job_whose_command_is_not_kept if {
	command := {"secret": true, "sha256_prefix": "01234567", "path": "/etc/cron.d/fans"}
	host := {"units": [], "system": {"cron": [{"program": "/usr/bin/ipmitool", "command": command, "source": "/etc/cron.d/fans:1"}]}}
	count(fans_by_ipmi.findings) == 1 with input as host
}

test_silent_on_a_job_of_another_program if {
	host := {"units": [], "system": {"cron": [{"program": "/usr/bin/ipmiutil", "source": "/etc/cron.d/sel:1"}]}}
	count(fans_by_ipmi.findings) == 0 with input as host
}
