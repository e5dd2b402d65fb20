package rules.users.rights_left_test

import data.lib.tables_test
import data.rules.users.rights_left

_host(name, members) := {"system": {
	"users": [{"name": "anna", "uid": 1000, "gid": 1000, "home": "/home/anna", "shell": "/bin/bash", "password": "set"}],
	"groups": [{"name": name, "gid": 33, "members": members}],
}}

test_fires_on_a_person_in_a_group_of_debian if {
	rights_left.findings == {{"at": ["/system/groups/0"], "vars": {"groups": "www-data"}}} with input as _host("www-data", ["anna"])
		with data.catalog as tables_test.fixture
}

test_silent_on_sudo_and_on_services if {
	count(rights_left.findings) == 0 with input as _host("sudo", ["anna"])
		with data.catalog as tables_test.fixture
	count(rights_left.findings) == 0 with input as _host("www-data", ["backup"])
		with data.catalog as tables_test.fixture
}

test_silent_on_the_groups_of_the_installer if {
	count(rights_left.findings) == 0 with input as _host("plugdev", ["anna"])
		with data.catalog as tables_test.fixture
}
