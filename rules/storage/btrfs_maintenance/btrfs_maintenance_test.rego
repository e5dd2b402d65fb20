package rules.storage.btrfs_maintenance_test

import data.rules.storage.btrfs_maintenance

_host(state, mounts) := {"units": [{"name": "btrfs-scrub.timer", "file_state": state}], "storage": {"btrfs": [{"uuid": "a", "mounts": mounts}]}}

test_fires_when_the_timer_is_on if {
	btrfs_maintenance.findings == {{"at": ["/units/0"], "vars": {"timers": "btrfs-scrub.timer", "mounts": "/srv"}}} with input as _host("enabled", ["/srv/b", "/srv"])
}

test_silent_when_it_is_only_installed if {
	count(btrfs_maintenance.findings) == 0 with input as _host("disabled", ["/srv"])
}

test_silent_without_a_mounted_btrfs if {
	count(btrfs_maintenance.findings) == 0 with input as _host("enabled", [])
}
