package rules.users.second_root_test

import data.rules.users.second_root

_host(password, shell, keys) := {"system": {
	"users": [{"name": "root", "uid": 0, "shell": "/bin/bash", "password": "set"}, {"name": "toor", "uid": 0, "shell": shell, "password": password}],
	"authorized_keys": keys,
}}

test_fires_on_a_password_and_on_a_key if {
	second_root.findings == {{"at": ["/system/users/1"], "vars": {"names": "toor"}}} with input as _host("set", "/bin/bash", [])
	count(second_root.findings) == 1 with input as _host("locked", "/bin/bash", [{"user": "toor"}])
}

test_silent_on_an_account_that_nobody_can_use if {
	count(second_root.findings) == 0 with input as _host("locked", "/bin/bash", [{"user": "root"}])
	count(second_root.findings) == 0 with input as _host("set", "/usr/sbin/nologin", [])
}
