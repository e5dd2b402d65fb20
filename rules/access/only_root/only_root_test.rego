package rules.access.only_root_test

import data.rules.access.only_root

_host(two_factor, acls, enabled) := {
	"capture": {"areas": [{"name": "access", "status": "known"}]},
	"access": {
		"users": [{"id": "root@pam", "enabled": true, "two_factor": two_factor}, {"id": "anna@pve", "enabled": enabled, "two_factor": false}],
		"groups": [{"id": "admins", "users": ["anna@pve", "root@pam"]}],
		"acls": acls,
	},
}

test_fires_on_root_alone if {
	only_root.findings == {{"at": ["/access/users/0"], "vars": {"second": "none"}}} with input as _host(false, [{"path": "/vms", "roles": ["Administrator"], "subjects": ["anna@pve"]}], true)
}

test_names_the_second_factor if {
	only_root.findings == {{"at": ["/access/users/0"], "vars": {"second": "set up"}}} with input as _host(true, [], true)
}

test_fires_when_the_other_is_disabled if {
	count(only_root.findings) == 1 with input as _host(false, [{"path": "/", "roles": ["Administrator"], "subjects": ["@admins", "anna@pve"]}], false)
}

test_silent_with_another_administrator if {
	count(only_root.findings) == 0 with input as _host(false, [{"path": "/", "roles": ["Administrator"], "subjects": ["@admins"]}], true)
	count(only_root.findings) == 0 with input as _host(false, [{"path": "/", "roles": ["Administrator"], "subjects": ["anna@pve!t"]}], true)
}
