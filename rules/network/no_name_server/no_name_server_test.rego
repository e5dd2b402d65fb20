package rules.network.no_name_server_test

import data.lib.network_test
import data.rules.network.no_name_server

_host(network) := network_test.host(object.union({"interfaces": network_test.bridged}, network))

test_fires_without_any if {
	no_name_server.findings == {{"at": [], "vars": {}}} with input as _host({})
}

test_silent_with_one if {
	count(no_name_server.findings) == 0 with input as _host({"dns": {"nameservers": [{"key": "nameserver", "value": "192.0.2.53", "fields": []}], "search": []}})
}

test_silent_where_nobody_looked if {
	count(no_name_server.findings) == 0 with input as network_test.files_only({"interfaces": network_test.bridged})
}

test_silent_where_dhcp_brings_them if {
	count(no_name_server.findings) == 0 with input as network_test.host({"interfaces": [network_test.interface("eno1", "physical", [], {"methods": [{"family": "inet", "method": "dhcp"}]})]})
}
