package rules.users.sshd_left_test

import data.rules.users.sshd_left

_host(key, value) := {"system": {"sshd": [{"key": key, "value": value, "fields": [], "source": "/etc/ssh/sshd_config:1"}]}}

test_fires_on_a_command_of_debian if {
	sshd_left.findings == {{"at": ["/system/sshd/0"], "vars": {"keys": "ForceCommand"}}} with input as _host("ForceCommand", "/usr/bin/menu")
}

test_fires_on_a_value_that_does_not_fit if {
	count(sshd_left.findings) == 1 with input as _host("MaxAuthTries", "many")
}

test_silent_on_what_is_taken if {
	count(sshd_left.findings) == 0 with input as _host("UsePAM", "no")
	count(sshd_left.findings) == 0 with input as _host("PermitRootLogin", "yes")
	count(sshd_left.findings) == 0 with input as _host("Include", "/etc/ssh/sshd_config.d/*.conf")
}
