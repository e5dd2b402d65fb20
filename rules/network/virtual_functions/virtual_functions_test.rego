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

test_a_service_writes_the_number if {
	facts := network_test.host({})
	pci := {"hardware": {"pci": [{"address": "0000:41:00.0", "class": "020000", "vfs": 2}]}}
	settings := virtual_functions.settings with input as object.union(facts, pci)
	some s in settings
	s.option == ["systemd", "services", "virtual-functions", "script"]
	startswith(s.value, "card=/sys/bus/pci/devices/0000:41:00.0\n")
	contains(s.value, `echo 2 > "$card/sriov_numvfs"`)
	{b.params.closes[0] | some b in virtual_functions.bridges} == {"PVE-NET-057"} with input as object.union(facts, pci)
	count(virtual_functions.checks) == 1 with input as object.union(facts, pci)
}

test_an_address_that_is_none_is_not_written if {
	count(virtual_functions.settings) == 0 with input as object.union(network_test.host({}), {"hardware": {"pci": [{"address": "$(id)", "class": "020000", "vfs": 2}]}})
}
