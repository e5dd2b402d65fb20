package rules.access.realm_gone_test

import data.rules.access.realm_gone

_host(id, known) := {
	"capture": {"areas": [{"name": "access", "status": known}]},
	"access": {"realms": [{"type": "pam", "id": "pam", "properties": []}], "users": [{"id": "root@pam"}, {"id": id}]},
}

test_fires_on_a_realm_that_is_gone if {
	realm_gone.findings == {{"at": ["/access/users/1"], "vars": {"users": "a@b@old", "realms": "old"}}} with input as _host("a@b@old", "known")
}

test_silent_on_realms_that_are_there_and_on_half_a_file if {
	count(realm_gone.findings) == 0 with input as _host("a@pam", "known")
	count(realm_gone.findings) == 0 with input as _host("a@old", "partial")
}
