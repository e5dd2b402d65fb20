package rules.users.sudo_left_test

import data.rules.users.sudo_left

_findings(text) := out if {
	out := sudo_left.findings with data.catalog as {"sudo_users": {}, "sudo_programs": {"zfs": {}}} with data.target as "proxmox" with input as {
		"host": {"name": "pve1"},
		"system": {"groups": [], "users": []},
		"config_files": [{"path": "/etc/sudoers.d/own", "properties": [{"key": "x", "value": text}]}],
	}
}

test_line_without_a_word_for_it if {
	_findings("bob ALL=(root) sudoedit /etc/hosts") == {{"at": ["/config_files/0/properties/0"], "vars": {"count": 1, "lines": "bob ALL=(root) sudoedit /etc/hosts"}}}
}

test_line_that_is_taken_over if {
	_findings("bob ALL=(root) /usr/sbin/zfs list") == set()
}
