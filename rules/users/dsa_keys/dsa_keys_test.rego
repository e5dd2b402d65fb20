package rules.users.dsa_keys_test

import data.rules.users.dsa_keys

_host(type) := {"system": {"authorized_keys": [{"user": "root", "type": "ssh-ed25519"}, {"user": "backup", "type": type}]}}

test_fires_on_dsa if {
	dsa_keys.findings == {{"at": ["/system/authorized_keys/1"], "vars": {"count": 1, "users": "backup"}}} with input as _host("ssh-dss")
}

test_silent_on_rsa if {
	count(dsa_keys.findings) == 0 with input as _host("ssh-rsa")
}
