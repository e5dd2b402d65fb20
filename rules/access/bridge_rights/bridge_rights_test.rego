package rules.access.bridge_rights_test

import data.rules.access.bridge_rights

_host(major, role) := {
	"host": {"pve_major": major},
	"access": {
		"roles": [{"id": "Net", "privileges": ["VM.Config.Network"]}, {"id": "Both", "privileges": ["VM.Config.Network", "SDN.Use"]}],
		"acls": [{"path": "/vms/100", "subjects": ["anna@pve"], "roles": [role]}],
	},
}

test_fires_on_built_in_and_own_roles if {
	bridge_rights.findings == {{"at": ["/access/acls/0"], "vars": {"subjects": "anna@pve"}}} with input as _host(7, "PVEVMAdmin")
	count(bridge_rights.findings) == 1 with input as _host(7, "Net")
}

test_silent_with_the_privilege_and_on_later_versions if {
	count(bridge_rights.findings) == 0 with input as _host(7, "Both")
	count(bridge_rights.findings) == 0 with input as _host(8, "PVEVMAdmin")
}
