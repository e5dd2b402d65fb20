package rules.hardware.vendor_reset_test

import data.rules.hardware.vendor_reset

_host(key, modules) := {
	"hardware": {"modules": modules},
	"guests": [{"vmid": 100, "local": true, "config": [{"key": key, "value": "0000:03:00"}]}],
}

test_fires_where_a_guest_has_a_card if {
	vendor_reset.findings == {{"at": ["/hardware/modules"], "vars": {"guests": 1}}} with input as _host("hostpci0", ["kvm", "vendor_reset"])
}

test_silent_without_such_a_guest if {
	count(vendor_reset.findings) == 0 with input as _host("usb0", ["vendor_reset"])
}

test_silent_without_the_module if {
	count(vendor_reset.findings) == 0 with input as _host("hostpci0", ["kvm"])
}
