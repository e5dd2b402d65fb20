package rules.services.own_programs_test

import data.rules.services.own_programs

_unit(state, program) := {
	"name": "x.service", "file_state": state, "fragment_path": "/etc/systemd/system/x.service", "drop_ins": [],
	"detail": {"commands": [{"when": "ExecStart", "program": program, "arguments": ["/root/data", "cat /root/list; true"]}], "settings": [{"key": "Service.ExecStart", "value": program}]},
}

_host(state, program, job) := {
	"units": [_unit(state, program)],
	"system": {"cron": [{"program": job, "source": "/etc/cron.d/a:1", "user": "root", "schedule": "@daily"}]},
	"local_files": [
		{"path": "/opt/agent", "kind": "directory"}, {"path": "/root/list", "kind": "file"}, {"path": "/usr/local/bin/tool", "kind": "script"},
	],
}

test_fires_on_units_and_jobs if {
	host := _host("enabled", "/opt/agent/bin/agentd", "/root/backup.sh")
	own_programs.findings == {{
		"at": ["/system/cron/0", "/units/0"],
		"vars": {"programs": "/opt/agent/bin/agentd, /root/backup.sh, /root/list"},
	}} with input as host
		with data.catalog as {}
	own_programs.carries == {
		{"at": ["/local_files/0"], "path": "/opt/agent", "to": "/opt/agent", "mode": "0755", "secret": true},
		{"at": ["/local_files/1"], "path": "/root/list", "to": "/root/list", "mode": "0755", "secret": true},
		{"at": [], "path": "/root/backup.sh", "to": "/root/backup.sh", "mode": "0755", "secret": true},
	} with input as host
		with data.catalog as {}
	own_programs.settings == {{"at": ["/system/cron/0", "/units/0"], "option": ["programs", "nix-ld", "enable"], "value": true}} with input as host with data.catalog as {}
}

test_a_script_needs_no_loader if {
	host := json.remove(_host("enabled", "/usr/local/bin/tool", "test"), ["/local_files/1"])
	count(own_programs.findings) == 1 with input as host with data.catalog as {}
	count(own_programs.settings) == 0 with input as host with data.catalog as {}
}

test_names_twelve if {
	units := [json.patch(_unit("static", sprintf("/opt/p%02d", [n])), [
		{"op": "replace", "path": "/name", "value": sprintf("x%d.service", [n])},
		{"op": "replace", "path": "/fragment_path", "value": sprintf("/etc/systemd/system/x%d.service", [n])},
	]) |
		some n in numbers.range(1, 14)
	]
	some f in own_programs.findings with input as {"units": units, "system": {"cron": []}, "local_files": []} with data.catalog as {}
	endswith(f.vars.programs, "/opt/p12 and 2 more")
}

test_silent_on_programs_of_packages if {
	host := json.remove(_host("enabled", "/usr/bin/rsync", "test"), ["/local_files/1"])
	count(own_programs.findings) == 0 with input as host with data.catalog as {}
}

test_silent_on_a_unit_that_is_masked if {
	count(own_programs.findings) == 0 with input as _host("masked", "/opt/agent/bin/agentd", "test") with data.catalog as {}
}

test_a_name_with_two_slashes_is_not_copied if {
	host := _host("enabled", "/usr/bin/true", "/root//backup.sh")
	paths := {c.path | some c in own_programs.carries} with input as host
		with data.catalog as {}
	not "/root//backup.sh" in paths
}
