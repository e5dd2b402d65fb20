package rules.system.carried_settings_test

import data.rules.system.carried_settings

_host(path, drop_ins, lines) := {"units": [{
	"name": "agent.service", "fragment_path": path, "file_state": "enabled", "drop_ins": drop_ins,
	"detail": {"commands": [], "settings": lines},
}]}

_lines := [{"key": "Service.ExecStart", "value": "/bin/agent"}, {"key": "Service.Environment", "secret": {"path": "x"}}]

_path := "/etc/systemd/system/agent.service"

test_fires_on_lines_that_may_be_secret if {
	host := _host(_path, ["/lib/systemd/system/service.d/a.conf", "/etc/systemd/system/agent.service.d/b.conf"], _lines)
	carried_settings.findings == {{"at": ["/units/0"], "vars": {"units": "agent.service", "keys": "Environment"}}} with input as host with data.catalog as {}
	some s in carried_settings.settings with input as host with data.catalog as {}
	s.option == ["system", "activationScripts", "carriedSettings", "text"]
	endswith(s.value, concat("\n", [
		"}",
		"carried 'agent.service' 0 '/var/lib/pve2nix/etc/systemd/system/agent.service' 'Service.Environment'",
		"carried 'agent.service' 1 '/var/lib/pve2nix/etc/systemd/system/agent.service.d/b.conf' 'Service.Environment'",
		"",
	]))
}

test_silent_without_a_secret if {
	host := _host(_path, [], [{"key": "Service.Environment", "value": "A=b"}])
	count(carried_settings.findings) == 0 with input as host with data.catalog as {}
	count(carried_settings.settings) == 0 with input as host with data.catalog as {}
}

test_silent_on_a_path_that_a_shell_would_read if {
	count(carried_settings.settings) == 0 with input as _host(_path, ["/etc/systemd/system/agent.service.d/'$(id)'.conf"], _lines) with data.catalog as {}
}

test_silent_on_a_unit_that_is_not_written_anew if {
	count(carried_settings.findings) == 0 with input as _host(_path, [], _lines) with data.catalog as {"nixos_own_units": {"agent.service": true}}
}
