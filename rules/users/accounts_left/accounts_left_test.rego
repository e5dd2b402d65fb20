package rules.users.accounts_left_test

import data.lib.tables_test
import data.rules.users.accounts_left

_host(shell) := {"system": {"users": [{"name": "anna", "uid": 1000, "gid": 1000, "home": "/home/anna", "shell": shell, "password": "set"}], "groups": []}}

test_fires_on_a_shell_of_its_own if {
	accounts_left.findings == {{"at": ["/system/users/0"], "vars": {"names": "anna"}}} with input as _host("/opt/bin/xonsh")
		with data.catalog as tables_test.fixture
}

test_silent_on_bash if {
	count(accounts_left.findings) == 0 with input as _host("/usr/bin/bash")
		with data.catalog as tables_test.fixture
}
