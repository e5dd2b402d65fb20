package rules.storage.zram_swap_test

import data.rules.storage.zram_swap

_host(path) := {"storage": {"swaps": [{"path": "/dev/dm-1", "size_kib": 8}, {"path": path, "size_kib": 4194304}]}}

test_fires_on_zram if {
	zram_swap.findings == {{"at": ["/storage/swaps/1"], "vars": {"devices": "/dev/zram0", "mib": 4096}}} with input as _host("/dev/zram0")
}

test_silent_on_a_partition if {
	count(zram_swap.findings) == 0 with input as _host("/dev/sda2")
}
