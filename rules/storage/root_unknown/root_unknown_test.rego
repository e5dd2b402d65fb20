package rules.storage.root_unknown_test

import data.rules.storage.root_unknown

_host(groups) := {"storage": {"zfs_pools": [], "volume_groups": groups, "mounts": [], "fstab": []}}

test_fires_when_nothing_names_it if {
	count(root_unknown.findings) == 1 with input as _host([])
}

test_silent_when_a_group_holds_it if {
	count(root_unknown.findings) == 0 with input as _host([{"name": "pve", "root": true}])
}
