package rules.cluster.start_options_test

import data.rules.cluster.start_options

_host(value, nodes) := {
	"units": [{"name": "corosync.service", "file_state": "enabled"}],
	"cluster": {"nodes": [{"name": name, "id": 1} | some name in nodes]},
	"config_files": [{"path": "/etc/default/corosync", "properties": [{"key": "OTHER", "value": "x"}, {"key": "COROSYNC_OPTIONS", "value": value}]}],
}

test_fires_on_options if {
	start_options.findings == {{"at": ["/config_files/0/properties/1"], "vars": {"options": "-p"}}} with input as _host("-p", ["pve1", "pve2"])
}

test_silent_where_there_are_none if {
	count(start_options.findings) == 0 with input as _host("", ["pve1", "pve2"])
}

test_silent_on_a_host_of_its_own if {
	count(start_options.findings) == 0 with input as _host("-p", ["pve1"])
}

test_the_service_gets_them if {
	start_options.settings == {{"at": ["/config_files/0/properties/1"], "option": ["systemd", "services", "corosync", "environment", "COROSYNC_OPTIONS"], "value": "-r -P 50"}} with input as _host("-r -P 50", ["pve1", "pve2"])
	start_options.bridges == {{"at": ["/config_files/0/properties/1"], "bridge": "cluster", "params": {"options": "-r -P 50"}}} with input as _host("-r -P 50", ["pve1", "pve2"])
}

test_what_systemd_would_read_otherwise_is_left if {
	every options in ["-r %h", "-r ${X}", "-r \"a\"", "-r\n-P", "; reboot"] {
		count(start_options.settings) == 0 with input as _host(options, ["pve1", "pve2"])
		count(start_options.findings) == 1 with input as _host(options, ["pve1", "pve2"])
	}
}
