package rules.users.allow_groups_test

import data.rules.users.allow_groups

_host(groups) := {"system": {
	"sshd": [{"key": "AllowGroups", "value": groups, "fields": [], "source": "/etc/ssh/sshd_config:1"}],
	"users": [],
	"groups": [{"name": "admins", "gid": 1500, "members": []}, {"name": "sudo", "gid": 27, "members": []}],
}}

test_fires_on_a_group_of_debian if {
	allow_groups.findings == {{"at": ["/system/sshd/0"], "vars": {"groups": "sudo"}}} with input as _host("root sudo")
	count(allow_groups.settings) == 0 with input as _host("root sudo")
}

test_takes_over_groups_that_exist if {
	count(allow_groups.findings) == 0 with input as _host("root admins")
	{s.value | some s in allow_groups.settings} == {["root", "admins"]} with input as _host("root admins")
}

test_silent_without_the_line if {
	count(allow_groups.findings) == 0 with input as {"system": {"users": [], "groups": [], "sshd": [{"key": "Port", "value": "22", "source": "/etc/ssh/sshd_config:1"}]}}
}
