package rules.users.allow_users_test

import data.rules.users.allow_users

import data.lib.tables_test

_host(values) := {"system": {
	"users": [{"name": "anna", "uid": 1000, "gid": 1000, "home": "/home/anna", "shell": "/bin/bash", "password": "set"}],
	"groups": [],
	"sshd": [{"key": "AllowUsers", "value": v, "source": sprintf("/etc/ssh/sshd_config:%d", [i + 1])} | some i, v in values],
}}

test_fires_on_a_user_of_a_directory if {
	allow_users.findings == {{"at": ["/system/sshd/0", "/system/sshd/1"], "vars": {"allowed": "anna@192.0.2.*, backup, t.huber", "missing": "backup, t.huber"}}} with input as _host(["anna@192.0.2.* t.huber", "backup"])
		with data.catalog as tables_test.fixture
}

test_silent_on_people_root_and_patterns if {
	count(allow_users.findings) == 0 with input as _host(["root anna", "adm-*"])
		with data.catalog as tables_test.fixture
}

test_silent_without_the_line if {
	count(allow_users.findings) == 0 with input as {"system": {"users": [], "groups": [], "sshd": [{"key": "Port", "value": "22", "source": "/etc/ssh/sshd_config:1"}]}}
		with data.catalog as tables_test.fixture
}
