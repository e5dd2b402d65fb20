package rules.network.ipv6_switched_off_test

import data.lib.network_test
import data.rules.network.ipv6_switched_off

_host(interfaces, key, value) := object.union(
	network_test.host({"interfaces": interfaces}),
	{"host": {"name": "pve1", "pve_major": 8}, "system": {"sysctl": [{"key": key, "value": value, "fields": [], "source": "/etc/sysctl.d/ipv6.conf:1"}], "boot": {"kernel_parameters": []}}},
)

test_fires_for_all_interfaces if {
	ipv6_switched_off.findings == {{"at": ["/system/sysctl/0"], "vars": {"keys": "net.ipv6.conf.all.disable_ipv6"}}} with input as _host(network_test.bridged, "net.ipv6.conf.all.disable_ipv6", "1")
}

test_fires_for_one_interface if {
	count(ipv6_switched_off.findings) == 1 with input as _host(network_test.bridged, "net/ipv6/conf/vmbr0/disable_ipv6", "1")
}

test_silent_for_an_interface_that_is_not_there if {
	count(ipv6_switched_off.findings) == 0 with input as _host(network_test.bridged, "net.ipv6.conf.vmbr7.disable_ipv6", "1")
}

test_silent_for_a_port_of_a_bridge if {
	count(ipv6_switched_off.findings) == 0 with input as _host(network_test.bridged, "net.ipv6.conf.eno1.disable_ipv6", "1")
}

test_fires_for_an_internal_port_of_open_vswitch if {
	interfaces := [
		network_test.interface("vmbr1", "ovs-bridge", [], {"ports": ["storage0"]}),
		network_test.interface("storage0", "ovs-int-port", [], {"ovs_bridge": "vmbr1"}),
	]
	count(ipv6_switched_off.findings) == 1 with input as _host(interfaces, "net.ipv6.conf.storage0.disable_ipv6", "1")
}

test_silent_where_a_line_says_it_to_the_interface if {
	interfaces := [network_test.interface("eno1", "physical", [["up", "sysctl -w net.ipv6.conf.eno1.disable_ipv6=1"]], {})]
	count(ipv6_switched_off.findings) == 0 with input as _host(interfaces, "net.ipv6.conf.eno1.disable_ipv6", "1")
}

test_silent_for_a_kernel_without_it if {
	host := object.union(_host(network_test.bridged, "net.ipv6.conf.all.disable_ipv6", "1"), {"system": {"boot": {"kernel_parameters": [{"key": "ipv6.disable", "value": "1", "fields": []}]}}})
	count(ipv6_switched_off.findings) == 0 with input as host
}

test_silent_where_it_is_on if {
	count(ipv6_switched_off.findings) == 0 with input as _host(network_test.bridged, "net.ipv6.conf.all.disable_ipv6", "0")
}

test_silent_where_nothing_is_configured if {
	count(ipv6_switched_off.findings) == 0 with input as _host([], "net.ipv6.conf.all.disable_ipv6", "1")
}
