package rules.system.debian_paths_test

import data.rules.system.debian_paths

_host(program, arguments, jobs) := {
	"units": [{
		"name": "agent.service", "fragment_path": "/etc/systemd/system/agent.service", "file_state": "enabled", "drop_ins": [],
		"detail": {"commands": [{"when": "ExecStart", "program": program, "arguments": arguments}], "settings": [{"key": "Service.ExecStart", "value": program}]},
	}],
	"system": {"cron": jobs},
}

_catalog := {"programs": {"bash": ["pkgs", "bash"], "rsync": ["pkgs", "rsync"]}}

_job := {"schedule": "@daily", "user": "root", "program": "rsync", "source": "/etc/cron.d/a:1"}

_count(host) := n if n := count(debian_paths.findings) with input as host with data.catalog as _catalog

test_fires_on_scripts_and_jobs if {
	host := _host("/usr/local/bin/agent", [], [_job])
	debian_paths.findings == {{"at": ["/system/cron/0", "/units/0"], "vars": {"names": "/etc/cron.d/a, agent.service"}}} with input as host with data.catalog as _catalog
	{concat(".", s.option): s.value | some s in debian_paths.settings} == {
		"services.envfs": {"enable": true, "extraFallbackPathCommands": {"_concat": ["ln -sf ", {"_ref": ["config", "system", "path"]}, "/bin/* $out/"]}},
		"systemd.tmpfiles.rules": ["L /sbin - - - - /usr/bin", "L /usr/sbin - - - - /usr/bin"],
	} with input as host
		with data.catalog as _catalog
}

test_fires_on_interpreters_and_on_paths_in_arguments if {
	_count(_host("/bin/bash", ["-c", "true"], [])) == 1
	_count(_host("/usr/bin/rsync", ["-e", "/usr/bin/ssh -4"], [])) == 1
	_count(_host("/usr/sbin/unknown", [], [])) == 1
	_count(_host("/usr/sbin/qm", ["start", "100"], [])) == 1
}

test_fires_on_a_command_that_is_not_in_the_snapshot if {
	host := json.patch(_host("/usr/bin/rsync", [], []), [{"op": "replace", "path": "/units/0/detail/settings", "value": [{"key": "Service.ExecStart", "secret": {"path": "x"}}]}])
	_count(host) == 1
}

test_silent_on_programs_of_packages if {
	_count(_host("/usr/bin/rsync", ["/mnt/usr/bin/", "a"], [])) == 0
	_count(_host("/usr/bin/rsync", [], [object.union(_job, {"source": "/etc/cron.d/mdadm:1"})])) == 0
}
