package rules.access.reserved_roles_test

import data.rules.access.reserved_roles

_host(id) := {"access": {"roles": [{"id": "Ops", "privileges": []}, {"id": id, "privileges": []}]}}

test_fires_on_the_prefix_in_any_case if {
	reserved_roles.findings == {{"at": ["/access/roles/1"], "vars": {"roles": "pveTeacher"}}} with input as _host("pveTeacher")
}

test_silent_on_the_word_elsewhere if {
	count(reserved_roles.findings) == 0 with input as _host("Teacher-PVE")
}
