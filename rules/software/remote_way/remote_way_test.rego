package rules.software.remote_way_test

import data.rules.software.remote_way

_host(name, state) := {"units": [{"name": name, "file_state": state}]}

test_fires_on_a_tunnel if {
	remote_way.findings == {{
		"at": ["/units/0"],
		"vars": {"names": "tailscaled.service", "states": "/var/lib/tailscale"},
	}} with input as _host("tailscaled.service", "enabled")
}

test_silent_where_it_is_switched_off if {
	count(remote_way.findings) == 0 with input as _host("tailscaled.service", "disabled")
}
