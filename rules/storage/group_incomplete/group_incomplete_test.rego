package rules.storage.group_incomplete_test

import data.rules.storage.group_incomplete

test_fires_on_a_missing_disk if {
	group_incomplete.findings == {{"at": ["/storage/volume_groups/0"], "vars": {"name": "old"}}} with input as {"storage": {"volume_groups": [{"name": "old", "missing": true}]}}
}

test_silent_on_a_whole_group if {
	count(group_incomplete.findings) == 0 with input as {"storage": {"volume_groups": [{"name": "old"}]}}
}
