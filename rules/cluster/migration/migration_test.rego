package rules.cluster.migration_test

import data.rules.cluster.migration

test_a_member_of_a_cluster_has_the_program if {
	count(migration.settings) == 1 with input as {"cluster": {"nodes": [{"name": "pve1"}, {"name": "pve2"}]}}
}

test_silent_on_a_host_of_its_own if {
	count(migration.settings) == 0 with input as {"cluster": {"nodes": [{"name": "pve1"}]}}
}
