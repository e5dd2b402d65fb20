package rules.users.home_at_login_test

import data.rules.users.home_at_login

_host(key, value, sources) := {
	"packages": [{"name": "libnss-sss", "status": "installed"}],
	"config_files": [
		{"path": "/etc/nsswitch.conf", "properties": [{"key": "passwd", "value": sources}]},
		{"path": "/etc/pam.d/common-session", "properties": [{"key": "session pam_unix.so", "value": "required"}, {"key": key, "value": value}]},
	],
}

_at := ["/config_files/1/properties/1"]

test_made_for_people_of_a_directory if {
	home_at_login.settings == {
		{"at": _at, "option": ["security", "pam", "services", "login", "makeHomeDir"], "value": true},
		{"at": _at, "option": ["security", "pam", "services", "sshd", "makeHomeDir"], "value": true},
		{"at": _at, "option": ["security", "pam", "makeHomeDir", "umask"], "value": "0077"},
	} with input as _host("session pam_mkhomedir.so", "optional umask=0077", "files sss")
}

test_no_mask_where_none_is_said if {
	{s.option[2] | some s in home_at_login.settings} == {"services"} with input as _host("session pam_mkhomedir.so", "optional umask=rwx", "files sss")
}

test_none_without_a_directory_and_without_the_rule if {
	count(home_at_login.settings) == 0 with input as _host("session pam_mkhomedir.so", "optional umask=0077", "files")
	count(home_at_login.settings) == 0 with input as _host("session pam_umask.so", "optional", "files sss")
}
