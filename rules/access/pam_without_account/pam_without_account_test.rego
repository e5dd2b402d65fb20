package rules.access.pam_without_account_test

import data.rules.access.pam_without_account

_host(password, tokens) := {
	"capture": {"areas": [{"name": "system.users", "status": "known"}]},
	"packages": [],
	"config_files": [],
	"access": {"users": [{"id": "root@pam", "enabled": true}, {"id": "gone@pam", "enabled": true}, {"id": "key@pam", "enabled": true}, {"id": "x@pve", "enabled": true}], "tokens": tokens},
	"system": {"users": [{"name": "root", "password": "set"}, {"name": "key", "password": password}]},
}

test_fires_without_an_account_and_without_a_password if {
	pam_without_account.findings == {{"at": ["/access/users/1", "/access/users/2"], "vars": {"users": "gone@pam, key@pam"}}} with input as _host("locked", [])
}

test_silent_on_passwords_and_on_owners_of_tokens if {
	count(pam_without_account.findings) == 0 with input as _host("set", [{"id": "gone@pam!ci"}])
}
