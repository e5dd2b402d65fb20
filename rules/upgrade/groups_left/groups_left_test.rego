package rules.upgrade.groups_left_test

import data.rules.upgrade.groups_left

_host(major, groups) := {"host": {"pve_major": major, "pve_version": "9.1.1"}, "cluster": {"ha_groups": groups, "ha_resources": [{"type": "vm", "id": "100", "properties": []}]}}

test_fires_on_groups_of_pve_9 if {
	groups_left.findings == {{"at": ["/cluster/ha_groups/0"], "vars": {"have": "9.1.1", "groups": "home"}}} with input as _host(9, [{"type": "group", "id": "home", "properties": []}])
}

test_silent_on_pve_8_which_has_groups if {
	count(groups_left.findings) == 0 with input as _host(8, [{"type": "group", "id": "home", "properties": []}])
}

test_silent_without_groups if {
	count(groups_left.findings) == 0 with input as _host(9, [])
}

test_silent_where_ha_manages_nothing if {
	host := json.patch(_host(9, [{"type": "group", "id": "home", "properties": []}]), [{"op": "replace", "path": "/cluster/ha_resources", "value": []}])
	count(groups_left.findings) == 0 with input as host
}
