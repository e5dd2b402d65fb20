package rules.network.dhcp_server_test

import data.rules.network.dhcp_server

_host(unit, state, path, key) := {
	"units": [{"name": unit, "file_state": state}],
	"config_files": [{"path": path, "format": "ini", "properties": [{"key": key, "value": "10.0.0.100,10.0.0.200", "fields": []}]}],
}

test_fires_for_a_server if {
	dhcp_server.findings == {{"at": ["/units/0"], "vars": {"units": "isc-dhcp-server.service"}}} with input as _host("isc-dhcp-server.service", "enabled", "/etc/x", "y")
}

test_fires_for_dnsmasq_with_a_range if {
	dhcp_server.findings == {{"at": ["/config_files/0/properties/0", "/units/0"], "vars": {"units": "dnsmasq.service"}}} with input as _host("dnsmasq.service", "enabled", "/etc/dnsmasq.d/lan.conf", "dhcp-range")
}

test_silent_for_dnsmasq_that_only_resolves if {
	count(dhcp_server.findings) == 0 with input as _host("dnsmasq.service", "enabled", "/etc/dnsmasq.conf", "server")
}

test_silent_for_the_instance_of_a_zone if {
	count(dhcp_server.findings) == 0 with input as _host("dnsmasq.service", "enabled", "/etc/dnsmasq.d/lab/10-lab0.conf", "dhcp-range")
}

test_silent_where_it_is_off if {
	count(dhcp_server.findings) == 0 with input as _host("isc-dhcp-server.service", "disabled", "/etc/x", "y")
}
