package rules.network.advertisements_by_sysctl_test

import data.lib.network_test
import data.rules.network.advertisements_by_sysctl

_host(interfaces, key) := _set(interfaces, [[key, "0"]])

_set(interfaces, lines) := object.union(
	network_test.host({"interfaces": interfaces}),
	{"host": {"name": "pve1", "pve_major": 8}, "system": {"sysctl": [{"key": l[0], "value": l[1], "fields": [], "source": "/etc/sysctl.d/ra.conf:1"} | some l in lines], "boot": {"kernel_parameters": []}}},
)

test_fires_for_all_interfaces if {
	advertisements_by_sysctl.findings == {{"at": ["/system/sysctl/0"], "vars": {"keys": "net.ipv6.conf.all.accept_ra", "interfaces": "vmbr0"}}} with input as _host(network_test.bridged, "net.ipv6.conf.all.accept_ra")
}

test_fires_for_the_interface_itself if {
	count(advertisements_by_sysctl.findings) == 1 with input as _host(network_test.bridged, "net.ipv6.conf.vmbr0.accept_ra")
}

test_silent_for_a_port if {
	count(advertisements_by_sysctl.findings) == 0 with input as _host(network_test.bridged, "net.ipv6.conf.eno1.accept_ra")
}

test_silent_where_the_file_says_it if {
	count(advertisements_by_sysctl.findings) == 0 with input as _host([network_test.interface("eno1", "physical", [["accept-ra", "2"]], {})], "net.ipv6.conf.eno1.accept_ra")
}

test_silent_for_another_setting if {
	count(advertisements_by_sysctl.findings) == 0 with input as _host(network_test.bridged, "net.ipv6.conf.vmbr0.accept_ra_pinfo")
}

test_silent_where_the_interface_has_its_own_line if {
	count(advertisements_by_sysctl.findings) == 0 with input as _set(network_test.bridged, [["net.ipv6.conf.default.accept_ra", "0"], ["net.ipv6.conf.vmbr0.accept_ra", "1"]])
}

test_silent_where_both_take_them if {
	count(advertisements_by_sysctl.findings) == 0 with input as _set(network_test.bridged, [["net.ipv6.conf.vmbr0.accept_ra", "2"]])
}

_forwarding := [network_test.interface("eno1", "physical", [["ip6-forward", "on"]], {})]

test_fires_where_forwarding_closes_what_was_open if {
	advertisements_by_sysctl.findings == {{"at": ["/system/sysctl/0"], "vars": {"keys": "net.ipv6.conf.eno1.accept_ra", "interfaces": "eno1"}}} with input as _set(_forwarding, [["net.ipv6.conf.eno1.accept_ra", "2"]])
}

test_silent_where_forwarding_closes_what_was_closed if {
	count(advertisements_by_sysctl.findings) == 0 with input as _set(_forwarding, [["net.ipv6.conf.eno1.accept_ra", "0"]])
}

test_silent_for_a_kernel_without_ipv6 if {
	host := object.union(_host(network_test.bridged, "net.ipv6.conf.all.accept_ra"), {"system": {"boot": {"kernel_parameters": [{"key": "ipv6.disable", "value": "1", "fields": []}]}}})
	count(advertisements_by_sysctl.findings) == 0 with input as host
}

test_fires_for_an_internal_port_of_open_vswitch if {
	interfaces := [
		network_test.interface("vmbr1", "ovs-bridge", [], {"ports": ["storage0"]}),
		network_test.interface("storage0", "ovs-int-port", [], {"ovs_bridge": "vmbr1"}),
	]
	count(advertisements_by_sysctl.findings) == 1 with input as _host(interfaces, "net.ipv6.conf.storage0.accept_ra")
}

test_names_the_line_that_holds if {
	host := _set(network_test.bridged, [["net.ipv6.conf.vmbr0.accept_ra", "0"], ["net.ipv6.conf.vmbr0.accept_ra", "1"]])
	swapped := json.patch(host, [{"op": "replace", "path": "/system/sysctl/0/source", "value": "/etc/sysctl.d/zz.conf:1"}])
	{f.at | some f in advertisements_by_sysctl.findings} == {["/system/sysctl/0"]} with input as swapped
	count(advertisements_by_sysctl.findings) == 0 with input as host
}
