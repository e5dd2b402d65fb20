package rules.users.sudo_callers_test

import data.rules.users.sudo_callers

_findings(text) := out if {
	out := sudo_callers.findings with data.catalog as {"sudo_users": {}, "sudo_programs": {"zfs": {}}} with data.target as "proxmox" with input as {
		"host": {"name": "pve1"},
		"system": {"groups": [], "users": []},
		"config_files": [{"path": "/etc/sudoers.d/own", "properties": [{"key": "x", "value": text}]}],
	}
}

test_program_at_another_place if {
	_findings("bob ALL=(root) /usr/sbin/zfs list") == {{"at": ["/config_files/0/properties/0"], "vars": {"users": "bob", "programs": "/usr/sbin/zfs"}}}
}

test_all_names_no_program if {
	_findings("bob ALL=(root) NOPASSWD: ALL") == set()
}
