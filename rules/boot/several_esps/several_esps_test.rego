package rules.boot.several_esps_test

import data.rules.boot.several_esps

test_fires_on_two_partitions if {
	several_esps.findings == {{"at": ["/system/boot/esps"], "vars": {"count": 2}}} with input as {"system": {"boot": {"esps": ["A", "B"]}}}
}

test_silent_on_one if {
	count(several_esps.findings) == 0 with input as {"system": {"boot": {"esps": ["A"]}}}
}

test_silent_where_systemd_boot_is_copied if {
	count(several_esps.findings) == 0 with input as {"system": {"boot": {"loader": "systemd-boot", "esps": ["5C1A-77D2", "5C1B-01E9"]}}}
}

test_fires_where_an_id_cannot_be_used if {
	count(several_esps.findings) == 1 with input as {"system": {"boot": {"loader": "systemd-boot", "esps": ["5C1A-77D2", "x"]}}}
}
