package rules.access.delegated_permissions_test

import data.rules.access.delegated_permissions

_host(major, role) := {
	"host": {"pve_major": major},
	"access": {"acls": [{"path": "/", "subjects": ["x@pve"], "roles": ["PVEVMAdmin"]}, {"path": "/pool/a", "subjects": ["@ops", "b@pve"], "roles": [role]}]},
}

test_fires_on_pve_7 if {
	delegated_permissions.findings == {{"at": ["/access/acls/1"], "vars": {"subjects": "@ops, b@pve"}}} with input as _host(7, "PVEAdmin")
}

test_silent_on_other_roles_and_later_versions if {
	count(delegated_permissions.findings) == 0 with input as _host(7, "Administrator")
	count(delegated_permissions.findings) == 0 with input as _host(8, "PVEAdmin")
}
