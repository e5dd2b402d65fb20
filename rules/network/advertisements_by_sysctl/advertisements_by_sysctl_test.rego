package rules.network.advertisements_by_sysctl_test

import data.lib.network_test
import data.rules.network.advertisements_by_sysctl

_host(interfaces, key) := object.union(
	network_test.host({"interfaces": interfaces}),
	{"host": {"name": "pve1", "pve_major": 8}, "system": {"sysctl": [{"key": key, "value": "2", "fields": [], "source": "/etc/sysctl.d/ra.conf:1"}], "boot": {"kernel_parameters": []}}},
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
