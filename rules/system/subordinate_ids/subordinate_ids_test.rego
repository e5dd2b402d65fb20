package rules.system.subordinate_ids_test

import data.lib.tables_test
import data.rules.system.subordinate_ids

_host(lines) := {"system": {
	"subordinate": [{"key": l[0], "value": l[1], "fields": []} | some l in lines],
	"users": [
		{"name": "root", "uid": 0, "gid": 0, "home": "/root", "shell": "/bin/bash"},
		{"name": "anna", "uid": 1000, "gid": 1000, "home": "/home/anna", "shell": "/bin/bash"},
	],
	"groups": [],
}}

test_keeps_the_numbers_of_root_and_of_people if {
	{[s.option[2], s.option[3], s.value[0]] | some s in subordinate_ids.settings} == {
		["root", "subUidRanges", {"startUid": 100000, "count": 65536}],
		["root", "subGidRanges", {"startGid": 100000, "count": 65536}],
		["anna", "subUidRanges", {"startUid": 165536, "count": 65536}],
	} with input as _host([["uid", "root:100000:65536"], ["gid", "root:100000:65536"], ["uid", "anna:165536:65536"]])
		with data.catalog as tables_test.fixture
}

test_leaves_users_that_nixos_does_not_get_and_bad_numbers if {
	count(subordinate_ids.settings) == 0 with input as _host([["uid", "ghost:1:2"], ["uid", "root:x:2"], ["gid", "root:1"]])
		with data.catalog as tables_test.fixture
}
