package rules.users.root_password_login_test

import data.rules.users.root_password_login

_host(keys, passwords) := {
	"capture": {"areas": [{"name": "system.authorized_keys", "status": "known", "source": "file"}]},
	"system": {
		"sshd": [
			{"key": "PermitRootLogin", "value": "yes", "fields": [], "source": "/etc/ssh/sshd_config:1"},
			{"key": "PasswordAuthentication", "value": passwords, "fields": [], "source": "/etc/ssh/sshd_config:2"},
		],
		"users": [{"name": "root", "uid": 0, "gid": 0, "home": "/root", "shell": "/bin/bash", "password": "set"}],
		"authorized_keys": keys,
	},
}

test_fires_without_a_key if {
	root_password_login.findings == {{"at": ["/system/users/0"], "vars": {}}} with input as _host([], "yes")
}

test_silent_with_a_key if {
	count(root_password_login.findings) == 0 with input as _host([{"user": "root", "type": "ssh-rsa", "fingerprint": "x", "source": "/root/.ssh/authorized_keys:1"}], "yes")
}

test_silent_when_passwords_are_refused_anyway if {
	count(root_password_login.findings) == 0 with input as _host([], "no")
}
