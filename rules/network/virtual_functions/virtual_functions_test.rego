package rules.network.virtual_functions_test

import data.lib.network_test
import data.rules.network.virtual_functions

_host(options, device) := object.union(
	network_test.host({"interfaces": [network_test.interface("eno1", "physical", options, {})]}),
	{"hardware": {"pci": [object.union({"address": "0000:06:00.1", "class": "020000", "vfs": 4, "max_vfs": 63}, device)]}},
)

test_fires_for_functions_of_a_card if {
	virtual_functions.findings == {{"at": ["/hardware/pci/0"], "vars": {"cards": "0000:06:00.1", "count": 4}}} with input as _host([], {})
}

test_silent_where_a_line_of_the_interface_makes_them if {
	count(virtual_functions.findings) == 0 with input as _host([["post-up", "echo 4 > /sys/class/net/eno1/device/sriov_numvfs"]], {})
}

test_silent_where_they_are_off if {
	count(virtual_functions.findings) == 0 with input as _host([], {"vfs": 0})
}

test_silent_for_a_graphics_card if {
	count(virtual_functions.findings) == 0 with input as _host([], {"class": "030000"})
}
