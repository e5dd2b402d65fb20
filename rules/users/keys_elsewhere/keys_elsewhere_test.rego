package rules.users.keys_elsewhere_test

import data.rules.users.keys_elsewhere

_host(value, password) := {"system": {"sshd": [
	{"key": "PasswordAuthentication", "value": password, "source": "/etc/ssh/sshd_config:1"},
	{"key": "AuthorizedKeysFile", "value": value, "source": "/etc/ssh/sshd_config:2"},
]}}

test_fires_on_a_directory_of_its_own if {
	keys_elsewhere.findings == {{"at": ["/system/sshd/1"], "vars": {"paths": "/etc/ssh/keys/%u", "passwords": "off"}}} with input as _host("/etc/ssh/keys/%u", "no")
	some f in keys_elsewhere.findings with input as _host("/etc/ssh/keys/%u", "yes")
	f.vars.passwords == "on"
}

test_silent_beside_the_home_directory if {
	count(keys_elsewhere.findings) == 0 with input as _host("/etc/ssh/keys/%u .ssh/authorized_keys", "no")
	count(keys_elsewhere.findings) == 0 with input as _host("%h/.ssh/authorized_keys", "no")
	count(keys_elsewhere.findings) == 0 with input as _host("/etc/ssh/authorized_keys.d/%u", "no")
}
