package rules.hardware.boot_screen_test

import data.rules.hardware.boot_screen

_host(driver, other) := {
	"hardware": {"pci": array.concat(
		[{"address": "0000:01:00.0", "class": "030000", "vendor": "10de", "device": "2504", "driver": driver, "boot_vga": true}],
		other,
	)},
	"system": {"boot": {"kernel_parameters": []}, "modprobe": [{"key": "options vfio-pci", "value": "ids=10DE:2504,10de:228e"}]},
}

test_fires_on_the_card_of_the_firmware if {
	boot_screen.findings == {{"at": ["/hardware/pci/0"], "vars": {"address": "0000:01:00.0"}}} with input as _host("vfio-pci", [])
}

test_silent_where_the_host_keeps_it if {
	count(boot_screen.findings) == 0 with input as _host("i915", [])
}

test_silent_where_there_is_another_card if {
	count(boot_screen.findings) == 0 with input as _host("vfio-pci", [{"address": "0000:05:00.0", "class": "030000", "driver": "ast"}])
}

test_a_card_for_computing_shows_nothing if {
	count(boot_screen.findings) == 1 with input as _host("vfio-pci", [{"address": "0000:05:00.0", "class": "030200", "driver": "nvidia"}])
}

test_silent_on_a_card_that_only_a_started_guest_took if {
	host := json.patch(_host("vfio-pci", []), [{"op": "replace", "path": "/system/modprobe/0/value", "value": "ids=10de:228e"}])
	count(boot_screen.findings) == 0 with input as host
}
