package rules.users.sudo_without_password_test

import data.rules.users.sudo_without_password

import data.lib.tables_test

_host(password, line, sshd) := {
	"config_files": [{"path": "/etc/sudoers.d/admins", "properties": [{"key": line[0], "value": line[1]}]}],
	"system": {
		"users": [{"name": "anna", "uid": 1000, "gid": 1000, "home": "/home/anna", "shell": "/bin/bash", "password": password}],
		"groups": [{"name": "sudo", "gid": 27, "members": ["anna"]}],
		"sshd": sshd,
	},
}

_group := ["%sudo", "%sudo ALL=(ALL:ALL) NOPASSWD: ALL"]

test_fires_on_a_key_and_a_line_of_the_group if {
	sudo_without_password.findings == {{"at": ["/config_files/0/properties/0", "/system/users/0"], "vars": {"names": "anna", "root": "not set"}}} with input as _host("locked", _group, [])
		with data.catalog as tables_test.fixture
}

test_says_that_root_is_shut_out_too if {
	some f in sudo_without_password.findings with input as _host("locked", ["anna", "anna ALL=(ALL) NOPASSWD:ALL"], [{"key": "PermitRootLogin", "value": "no", "source": "/etc/ssh/sshd_config:1"}])
		with data.catalog as tables_test.fixture
	f.vars.root == "no"
}

test_silent_with_a_password_and_on_single_commands if {
	count(sudo_without_password.findings) == 0 with input as _host("set", _group, [])
		with data.catalog as tables_test.fixture
	count(sudo_without_password.findings) == 0 with input as _host("locked", ["anna", "anna ALL=(root) NOPASSWD: /usr/sbin/qm"], [])
		with data.catalog as tables_test.fixture
}
