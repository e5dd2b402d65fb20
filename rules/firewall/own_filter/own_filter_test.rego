package rules.firewall.own_filter_test

import data.rules.firewall.own_filter

_host(name, state) := {"units": [{"name": name, "file_state": state, "active_state": "inactive", "drop_ins": []}]}

test_fires_for_a_loader_in_use if {
	own_filter.findings == {{"at": ["/units/0"], "vars": {"units": "nftables.service"}}} with input as _host("nftables.service", "enabled")
}

test_silent_when_it_is_only_installed if {
	count(own_filter.findings) == 0 with input as _host("nftables.service", "disabled")
}

test_silent_for_the_firewall_of_pve if {
	count(own_filter.findings) == 0 with input as _host("pve-firewall.service", "enabled")
}
