package rules.system.own_scripts_test

import data.rules.system.own_scripts

_host(path, kind, state) := {"local_files": [{"path": path, "kind": kind, "state": state}]}

test_a_script_goes_along_and_is_found if {
	host := _host("/usr/local/sbin/report", "script", "local")
	own_scripts.carries == {{"at": ["/local_files/0"], "path": "/usr/local/sbin/report", "to": "/usr/local/sbin/report", "mode": "0755", "secret": true}} with input as host
	own_scripts.bridges == {{"at": ["/local_files/0"], "bridge": "service", "params": {"files": ["/usr/local/sbin/report"]}}} with input as host
	{concat(".", s.option) | some s in own_scripts.settings} == {"environment.extraInit", "services.envfs", "systemd.tmpfiles.rules"} with input as host
}

test_programs_links_and_other_places_are_left if {
	every host in [
		_host("/usr/local/bin/lazydocker", "file", "local"),
		_host("/usr/local/bin/pct-enter", "link", "local"),
		_host("/opt/x/run.sh", "script", "local"),
		_host("/usr/local/bin/../x", "script", "local"),
		_host("/usr/local/bin/gone", "script", "missing"),
	] {
		(count(own_scripts.carries) + count(own_scripts.bridges)) + count(own_scripts.settings) == 0 with input as host
	}
}
