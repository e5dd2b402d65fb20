package rules.services.telegraf_test

import data.rules.services.telegraf

_host(state, more) := {
	"units": [{"name": "telegraf.service", "file_state": state}],
	"config_files": [{"path": path, "properties": [{"key": "agent.interval", "value": "10s"}]} | some path in array.concat(["/etc/telegraf/telegraf.conf"], more)],
}

_value(name) := [s.value | some s in telegraf.settings; s.option[count(s.option) - 1] == name]

test_reads_its_own_files if {
	host := _host("enabled", ["/etc/telegraf/telegraf.d/influx.conf"])
	_value("ExecStart") == [{"_mkForce": {"_concat": [
		{"_ref": ["config", "services", "telegraf", "package"]}, "/bin/telegraf",
		" --config /run/credentials/telegraf.service/telegraf.conf",
		" --config /run/credentials/telegraf.service/telegraf.d_influx.conf",
	]}}] with input as host
	_value("LoadCredential") == [["telegraf.conf:/var/lib/pve2nix/etc/telegraf/telegraf.conf", "telegraf.d_influx.conf:/var/lib/pve2nix/etc/telegraf/telegraf.d/influx.conf"]] with input as host
	_value("enable") == [true] with input as host
	{[c.path, c.mode, c.secret] | some c in telegraf.carries} == {["/etc/telegraf/telegraf.conf", "0600", true], ["/etc/telegraf/telegraf.d/influx.conf", "0600", true]} with input as host
}

test_none_where_it_is_off if {
	count(telegraf.settings | telegraf.carries) == 0 with input as _host("disabled", [])
}

test_no_file_that_it_does_not_read if {
	{c.path | some c in telegraf.carries} == {"/etc/telegraf/telegraf.conf"} with input as _host("enabled", ["/etc/telegraf/telegraf.d/a b.conf", "/etc/telegraf/telegraf.conf.old"])
}

test_variables_come_along if {
	host := object.union(_host("enabled", []), {"config_files": array.concat(_host("enabled", []).config_files, [{"path": "/etc/default/telegraf", "properties": [{"key": "TOKEN", "secret": {"secret": true}}]}])})
	_value("environmentFiles") == [["/var/lib/pve2nix/etc/default/telegraf"]] with input as host
	"/etc/default/telegraf" in {c.path | some c in telegraf.carries} with input as host
}
