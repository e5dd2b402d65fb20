package rules.users.password_root_kept_test

import data.rules.users.password_root_kept

_host(login, keys) := {"system": {
	"sshd": [{"key": "PermitRootLogin", "value": login, "fields": [], "source": "/etc/ssh/sshd_config:1"}],
	"authorized_keys": keys,
}}

_key := [{"user": "root", "type": "ssh-rsa", "fingerprint": "x", "source": "/root/.ssh/authorized_keys:1"}]

test_fires_where_a_key_would_do if {
	count(password_root_kept.findings) == 1 with input as _host("yes", _key)
}

test_silent_when_only_keys_are_let_in if {
	count(password_root_kept.findings) == 0 with input as _host("prohibit-password", _key)
}

test_silent_when_the_password_is_the_only_way if {
	count(password_root_kept.findings) == 0 with input as _host("yes", [])
}
