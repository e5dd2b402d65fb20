package rules.firewall.bridged_forward_test

import data.lib.firewall_test
import data.rules.firewall.bridged_forward

_host(state, path, line) := object.union(
	firewall_test.host([], {}),
	{
		"units": [{"name": "netfilter-persistent.service", "file_state": state}, {"name": "nftables.service", "file_state": state}],
		"config_files": [{"path": path, "format": "lines", "properties": [{"key": "-A", "value": line, "fields": []}]}],
	},
)

test_fires_for_a_forward_rule if {
	bridged_forward.findings == {{"at": ["/config_files/0/properties/0"], "vars": {"count": 1, "files": "/etc/iptables/rules.v4"}}} with input as _host("enabled", "/etc/iptables/rules.v4", "-A FORWARD -s 10.0.0.0/24 -j DROP")
}

test_fires_for_a_chain_of_nftables if {
	count(bridged_forward.findings) == 1 with input as _host("enabled", "/etc/nftables.conf", "type filter hook forward priority filter; policy drop;")
}

test_silent_for_input if {
	count(bridged_forward.findings) == 0 with input as _host("enabled", "/etc/iptables/rules.v4", "-A INPUT -j ACCEPT")
}

test_silent_where_nobody_loads_them if {
	count(bridged_forward.findings) == 0 with input as _host("disabled", "/etc/iptables/rules.v6", "-A FORWARD -j DROP")
}

test_silent_where_the_firewall_is_off if {
	count(bridged_forward.findings) == 0 with input as object.union(_host("enabled", "/etc/iptables/rules.v4", "-A FORWARD -j DROP"), {"network": {"firewall": []}})
}

test_silent_with_the_daemon_for_nftables if {
	count(bridged_forward.findings) == 0 with input as object.union(_host("enabled", "/etc/iptables/rules.v4", "-A FORWARD -j DROP"), {"network": {"firewall": [
		firewall_test.file("cluster", "", {"options": firewall_test.options({"enable": "1"})}),
		firewall_test.file("node", "pve1", {"options": firewall_test.options({"nftables": "1"})}),
	]}})
}

test_silent_for_the_chains_of_pve_that_somebody_saved if {
	count(bridged_forward.findings) == 0 with input as _host("enabled", "/etc/iptables/rules.v4", "-A FORWARD -j PVEFW-FORWARD")
}

_chain(rest) := object.union(_host("enabled", "/etc/nftables.conf", ""), {"config_files": [{"path": "/etc/nftables.conf", "format": "lines", "properties": array.concat([{"key": "type", "value": "type filter hook forward priority filter;"}], rest)}]})

test_silent_for_an_empty_chain if {
	count(bridged_forward.findings) == 0 with input as _chain([])
	count(bridged_forward.findings) == 0 with input as _chain([{"key": "chain", "value": "chain output {"}])
	count(bridged_forward.findings) == 1 with input as _chain([{"key": "ip", "value": "ip saddr 10.0.0.0/8 drop"}])
}
