package rules.storage.lvm_modules_test

import data.rules.storage.lvm_modules

_host(root, kind) := {"storage": {"volume_groups": [{"name": "pve", "root": root, "logical_volumes": [{"name": "swap", "kind": "linear"}, {"name": "root", "kind": kind}]}]}}

test_fires_on_a_mirrored_root if {
	lvm_modules.findings == {{"at": ["/storage/volume_groups/0/logical_volumes/1"], "vars": {"name": "pve", "kinds": "raid1"}}} with input as _host(true, "raid1")
}

test_silent_on_plain_and_thin_volumes if {
	count(lvm_modules.findings) == 0 with input as _host(true, "thin-pool")
}

test_silent_when_the_root_is_elsewhere if {
	count(lvm_modules.findings) == 0 with input as _host(false, "cache")
}
