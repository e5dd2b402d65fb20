package rules.users.home_at_login_test

import data.rules.users.home_at_login

_host(key, sources) := {
	"packages": [{"name": "libnss-sss", "status": "installed"}],
	"config_files": [
		{"path": "/etc/nsswitch.conf", "properties": [{"key": "passwd", "value": sources}]},
		{"path": "/etc/pam.d/common-session", "properties": [{"key": "session pam_unix.so", "value": "required"}, {"key": key, "value": "optional"}]},
	],
}

test_fires_with_a_directory if {
	home_at_login.findings == {{"at": ["/config_files/1/properties/1"], "vars": {"sources": "sss"}}} with input as _host("session pam_mkhomedir.so", "files sss")
}

test_silent_without_a_directory_and_without_the_rule if {
	count(home_at_login.findings) == 0 with input as _host("session pam_mkhomedir.so", "files")
	count(home_at_login.findings) == 0 with input as _host("session pam_umask.so", "files sss")
}
