package rules.storage.group_twice_test

import data.rules.storage.group_twice

_host(second) := {"storage": {"volume_groups": [{"name": "pve", "uuid": "a"}, {"name": second, "uuid": "b"}]}}

test_fires_on_the_disk_of_an_earlier_host if {
	group_twice.findings == {{"at": ["/storage/volume_groups/0", "/storage/volume_groups/1"], "vars": {"name": "pve", "count": 2}}} with input as _host("pve")
}

test_silent_on_different_names if {
	count(group_twice.findings) == 0 with input as _host("pve-OLD-1A2B")
}
