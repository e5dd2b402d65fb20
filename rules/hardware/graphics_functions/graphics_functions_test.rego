package rules.hardware.graphics_functions_test

import data.rules.hardware.graphics_functions

_releases := {"releases": {"25.11": {"kernel": "6.12"}}}

_host(vfs) := {"hardware": {
	"dkms": [{"name": "i915-sriov-dkms", "version": "2025.07", "kernels": []}],
	"pci": [{"address": "0000:00:02.0", "class": "030000", "vfs": vfs}],
}}

test_fires_on_functions_that_are_on if {
	graphics_functions.findings == {{"at": ["/hardware/dkms/0", "/hardware/pci/0"], "vars": {
		"address": "0000:00:02.0", "count": 3, "module": "i915-sriov-dkms", "release": "25.11", "series": "6.12",
	}}} with input as _host(3) with data.catalog as _releases with data.release as "25.11"
}

test_silent_where_none_is_on if {
	count(graphics_functions.findings) == 0 with input as _host(0) with data.catalog as _releases with data.release as "25.11"
}
