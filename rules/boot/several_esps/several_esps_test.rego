package rules.boot.several_esps_test

import data.rules.boot.several_esps

test_fires_on_two_partitions if {
	several_esps.findings == {{"at": ["/system/boot/esps"], "vars": {"count": 2}}} with input as {"system": {"boot": {"esps": ["A", "B"]}}}
}

test_silent_on_one if {
	count(several_esps.findings) == 0 with input as {"system": {"boot": {"esps": ["A"]}}}
}
