package rules.services.ddclient_test

import data.rules.services.ddclient

_host(state, path) := {
	"units": [{"name": "ddclient.service", "file_state": state}],
	"config_files": [{"path": path, "properties": [{"key": "protocol", "value": "dyndns2"}]}],
}

test_runs_with_its_file if {
	{[s.option[2], s.value] | some s in ddclient.settings; s.option[0] == "services"} == {["enable", true], ["configFile", "/var/lib/pve2nix/etc/ddclient.conf"]} with input as _host("enabled", "/etc/ddclient.conf")
	{[c.path, c.mode] | some c in ddclient.carries} == {["/etc/ddclient.conf", "0600"]} with input as _host("enabled", "/etc/ddclient.conf")
}

test_remembers_what_it_told if {
	some s in ddclient.settings with input as _host("enabled", "/etc/ddclient.conf")
	s.option[4] == "ExecStart"
	endswith(s.value._mkForce._concat[1], " -cache /var/lib/ddclient/ddclient.cache")
}

test_none_where_it_is_off_or_has_no_file if {
	count(ddclient.settings | ddclient.carries) == 0 with input as _host("disabled", "/etc/ddclient.conf")
	count(ddclient.settings | ddclient.carries) == 0 with input as _host("enabled", "/etc/other.conf")
}
