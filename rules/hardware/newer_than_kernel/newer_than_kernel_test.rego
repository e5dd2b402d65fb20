package rules.hardware.newer_than_kernel_test

import data.rules.hardware.newer_than_kernel

_catalog := {
	"releases": {"24.11": {"kernel": "6.6"}, "25.11": {"kernel": "6.12"}},
	"new_devices": {"10ec:8126": {"name": "Realtek RTL8126A", "driver": "r8169", "since": "6.9"}},
}

_host(driver) := {"hardware": {"pci": [{"address": "0000:03:00.0", "vendor": "10ec", "device": "8126", "driver": driver}]}}

test_fires_where_the_kernel_is_older if {
	newer_than_kernel.findings == {{"at": ["/hardware/pci/0"], "vars": {
		"address": "0000:03:00.0", "what": "Realtek RTL8126A", "since": "6.9", "series": "6.6", "release": "24.11",
	}}} with input as _host("r8169") with data.catalog as _catalog with data.release as "24.11"
}

test_silent_where_it_is_new_enough if {
	count(newer_than_kernel.findings) == 0 with input as _host("r8169") with data.catalog as _catalog with data.release as "25.11"
}

test_silent_on_a_device_of_a_guest if {
	count(newer_than_kernel.findings) == 0 with input as _host("vfio-pci") with data.catalog as _catalog with data.release as "24.11"
}
