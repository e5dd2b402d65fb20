package rules.api.address_unknown_test

import data.rules.api.address_unknown

_host(interfaces) := {
	"host": {"name": "pve1"},
	"packages": [{"name": "pve-manager", "status": "installed"}],
	"network": {"hosts": [{"address": "127.0.1.1", "names": ["pve1"]}], "interfaces": interfaces, "links": [], "routes": []},
	"cluster": {"nodes": []},
}

test_fires_on_a_host_with_dhcp_only if {
	count(address_unknown.findings) == 1 with input as _host([{"name": "vmbr0", "addresses": []}])
}

test_silent_where_the_gateway_tells if {
	count(address_unknown.findings) == 0 with input as _host([{"name": "vmbr0", "gateway": "192.0.2.1", "addresses": [{"cidr": "192.0.2.10/24", "family": "inet"}]}])
}
