package rules.system.sudo_paths_test

import data.rules.system.sudo_paths

_findings(text) := out if {
	out := sudo_paths.findings with data.catalog as {"sudo_users": {}, "sudo_programs": {"zfs": {}}} with data.target as "proxmox" with input as {
		"host": {"name": "pve1"},
		"system": {"groups": [], "users": []},
		"config_files": [{"path": "/etc/sudoers.d/own", "properties": [{"key": "x", "value": text}]}],
	}
}

test_program_without_a_place if {
	_findings("nagios ALL=(root) NOPASSWD: /usr/lib/nagios/plugins/, /usr/sbin/zfs list") == {{"at": ["/config_files/0/properties/0"], "vars": {"users": "nagios", "programs": "/usr/lib/nagios/plugins/"}}}
}

test_program_with_a_place if {
	_findings("nagios ALL=(root) NOPASSWD: /usr/sbin/zfs list") == set()
}
