package rules.system.rc_local_test

import data.rules.system.rc_local

_host(kind) := {
	"units": [{"name": "rc-local.service", "file_state": "static"}],
	"local_files": [{"path": "/etc/rc.local", "kind": kind, "state": "local"}],
}

test_carried_and_run if {
	{s.value | some s in rc_local.settings; s.option == ["systemd", "services", "rc-local", "unitConfig"]} == {{"ConditionFileIsExecutable": "/etc/rc.local"}} with input as _host("script")
	rc_local.carries == {{"at": ["/local_files/0"], "path": "/etc/rc.local", "to": "/etc/rc.local", "mode": "0000", "secret": true}} with input as _host("script")
	rc_local.bridges == {{"at": ["/local_files/0", "/units/0"], "bridge": "service", "params": {"unit": "rc-local.service"}}} with input as _host("script")
	some s in rc_local.settings with input as _host("script")
	s.option == ["services", "envfs"]
}

test_none_of_a_file_that_is_no_script if {
	count(((rc_local.settings | rc_local.carries) | rc_local.bridges)) == 0 with input as _host("file")
	count(((rc_local.settings | rc_local.carries) | rc_local.bridges)) == 0 with input as object.union(_host("script"), {"units": []})
}
