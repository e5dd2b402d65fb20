package rules.hardware.coral_test

import data.rules.hardware.coral

_host(driver) := {"hardware": {"pci": [{"address": "0000:05:00.0", "vendor": "1ac1", "device": "089a", "driver": driver}]}}

test_fires_where_the_host_drives_it if {
	coral.findings == {{"at": ["/hardware/pci/0"], "vars": {"address": "0000:05:00.0"}}} with input as _host("apex")
}

test_silent_where_a_guest_has_it if {
	count(coral.findings) == 0 with input as _host("vfio-pci")
}
