package rules.upgrade.groups_left_test

import data.rules.upgrade.groups_left

_host(major, groups) := {"host": {"pve_major": major, "pve_version": "9.1.1"}, "cluster": {"ha_groups": groups}}

test_fires_on_groups_of_pve_9 if {
	groups_left.findings == {{"at": ["/cluster/ha_groups/0"], "vars": {"have": "9.1.1", "groups": "home"}}} with input as _host(9, [{"type": "group", "id": "home", "properties": []}])
}

test_silent_on_pve_8_which_has_groups if {
	count(groups_left.findings) == 0 with input as _host(8, [{"type": "group", "id": "home", "properties": []}])
}

test_silent_without_groups if {
	count(groups_left.findings) == 0 with input as _host(9, [])
}
