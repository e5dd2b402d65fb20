package lib.here_test

import data.lib.here

test_names_addresses_and_domain if {
	here.names == {"localhost", "127.0.0.1", "::1", "a", "a.example.net", "192.0.2.1", "2001:db8::1"} with input as {
		"host": {"name": "a", "domain": "example.net"},
		"network": {
			"interfaces": [{"name": "vmbr0", "addresses": [{"cidr": "192.0.2.1/24"}]}],
			"links": [{"name": "vmbr0", "addresses": [{"cidr": "2001:db8::1/64"}]}],
		},
	}
}
