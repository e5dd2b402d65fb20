package rules.access.rights_narrower_test

import data.lib.rights_test
import data.rules.access.rights_narrower

_found(acls) := got if {
	got := rights_narrower.findings with input as rights_test.host(acls, {}) with data.catalog as rights_test.catalog
}

test_privilege_without_a_permission if {
	_found([rights_test.acl("/vms/100", true, "anna@pam", "PVEVMUser")]) == {{"at": ["/access/acls/0", "/access/users/1"], "vars": {"users": "anna@pam", "left": "VM.Backup"}}}
}

test_entry_that_others_have_as_well if {
	entry := {"path": "/vms/100", "propagate": true, "subjects": ["anna@pam", "other@pve"], "roles": ["Power"]}
	_found([entry]) == {{"at": ["/access/acls/0", "/access/users/1"], "vars": {"users": "anna@pam", "left": "nodes, storages and containers"}}}
}

test_group_of_which_one_has_no_account if {
	host := rights_test.host([rights_test.acl("/vms/100", true, "@mixed", "Power")], {})
	mixed := object.union(host, {"access": object.union(host.access, {"groups": [{"id": "mixed", "users": ["anna@pam", "x@pve"]}]})})
	count(rights_narrower.findings) == 1 with input as mixed with data.catalog as rights_test.catalog
}

test_entries_that_are_carried_whole if {
	_found([rights_test.acl("/vms/100", true, "anna@pam", "Power"), rights_test.acl("/vms/102", true, "@ops", "Power")]) == set()
}

test_entries_of_others if {
	_found([rights_test.acl("/vms/100", true, "other@pve", "PVEVMUser")]) == set()
}
