package rules.boot.secure_boot_test

import data.rules.boot.secure_boot

_host(enforced) := {"hardware": {"firmware": {"kind": "uefi", "secure_boot": enforced}}}

test_fires_when_it_is_enforced if {
	count(secure_boot.findings) == 1 with input as _host(true)
}

test_silent_when_it_is_off if {
	count(secure_boot.findings) == 0 with input as _host(false)
}

test_the_conversion_is_refused_when_it_is_enforced if {
	secure_boot.inhibits == {{"at": ["/hardware/firmware"], "vars": {}}} with input as _host(true)
	count(secure_boot.inhibits) == 0 with input as _host(false)
}
