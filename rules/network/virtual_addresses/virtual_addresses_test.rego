package rules.network.virtual_addresses_test

import data.rules.network.virtual_addresses

_host(state, key) := {
	"units": [{"name": "keepalived.service", "file_state": state}],
	"config_files": [{"path": "/etc/keepalived/keepalived.conf", "format": "blocks", "properties": [{"key": key, "value": "dev vmbr0", "fields": []}]}],
}

test_fires_for_an_address_that_moves if {
	virtual_addresses.findings == {{"at": ["/config_files/0/properties/0", "/units/0"], "vars": {"addresses": "192.0.2.5/24"}}} with input as _host("enabled", "vrrp_instance A.virtual_ipaddress.192.0.2.5/24")
}

test_silent_where_it_is_off if {
	count(virtual_addresses.findings) == 0 with input as _host("disabled", "vrrp_instance A.virtual_ipaddress.192.0.2.5/24")
}

test_silent_without_an_address if {
	count(virtual_addresses.findings) == 0 with input as _host("enabled", "vrrp_instance A.interface")
}
