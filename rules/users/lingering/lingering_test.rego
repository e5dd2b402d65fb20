package rules.users.lingering_test

import data.rules.users.lingering

import data.lib.tables_test

_host(name) := {"system": {
	"users": [{"name": "root", "uid": 0, "gid": 0, "home": "/root", "shell": "/bin/bash", "password": "set"}, {"name": "anna", "uid": 1000, "gid": 1000, "home": "/home/anna", "shell": "/bin/bash", "password": "set"}],
	"groups": [],
	"login": {"lingering": [name]},
}}

test_fires_and_keeps_the_switch if {
	lingering.findings == {{"at": ["/system/users/1"], "vars": {"names": "anna"}}} with input as _host("anna")
		with data.catalog as tables_test.fixture
	lingering.settings == {{"at": ["/system/users/1"], "option": ["users", "users", "anna", "linger"], "value": true}} with input as _host("anna")
		with data.catalog as tables_test.fixture
}

test_silent_on_root if {
	count(lingering.findings) == 0 with input as _host("root")
		with data.catalog as tables_test.fixture
	count(lingering.settings) == 0 with input as _host("root")
		with data.catalog as tables_test.fixture
}
