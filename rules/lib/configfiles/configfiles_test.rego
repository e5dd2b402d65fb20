package lib.configfiles_test

import data.lib.configfiles

_host := {
	"packages": [{"name": "libnss-sss", "status": "installed"}],
	"config_files": [
		{"path": "/etc/x", "properties": []},
		{"path": "/etc/nsswitch.conf", "properties": [
			{"key": "passwd", "value": "files systemd sss ldap"},
			{"key": "hosts", "value": "files dns"},
			{"key": "hosts", "value": "files"},
		]},
	],
}

test_the_last_line_of_a_key_holds if {
	configfiles.value("/etc/nsswitch.conf", "hosts") == "files" with input as _host
	configfiles.lines("/etc/nsswitch.conf", "hosts")[1].at == "/config_files/1/properties/2" with input as _host
}

test_nothing_of_files_that_are_not_there if {
	count(configfiles.lines("/etc/none", "x")) == 0 with input as _host
	not configfiles.value("/etc/nsswitch.conf", "shadow") with input as _host
}

test_a_directory_without_its_module_is_none if {
	configfiles.directories == {"sss"} with input as _host
}
