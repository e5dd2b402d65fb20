package rules.storage.swap_zvol_test

import data.rules.storage.swap_zvol

_host(spec) := {"storage": {"fstab": [{"spec": spec, "file": "none", "type": "swap", "options": ["sw"]}]}}

test_fires_on_a_zvol if {
	swap_zvol.findings == {{"at": ["/storage/fstab/0"], "vars": {"device": "/dev/zvol/rpool/swap"}}} with input as _host("/dev/zvol/rpool/swap")
}

test_silent_on_a_logical_volume if {
	count(swap_zvol.findings) == 0 with input as _host("/dev/pve/swap")
}
