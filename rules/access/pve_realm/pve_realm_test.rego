package rules.access.pve_realm_test

import data.rules.access.pve_realm

_host(id, enabled) := {"access": {
	"users": [{"id": id, "enabled": enabled}, {"id": "terraform@pve", "enabled": true}],
	"tokens": [{"id": "terraform@pve!ci"}],
}}

test_fires_on_a_person if {
	pve_realm.findings == {{"at": ["/access/users/0"], "vars": {"users": "anna@pve"}}} with input as _host("anna@pve", true)
}

test_silent_on_other_realms if {
	count(pve_realm.findings) == 0 with input as _host("anna@pam", true)
}

test_silent_on_users_who_may_not_log_in if {
	count(pve_realm.findings) == 0 with input as _host("anna@pve", false)
}
