package rules.api.port_redirect_test

import data.rules.api.port_redirect

_host(unit, rule, up) := {
	"units": [{"name": unit, "file_state": "enabled"}],
	"config_files": [
		{"path": "/etc/hosts.x", "properties": [{"key": "a", "value": "-j REDIRECT --to-ports 8006"}]},
		{"path": "/etc/iptables/rules.v4", "properties": [{"key": "-A", "value": rule}]},
	],
	"network": {"interfaces": [{"name": "vmbr0", "options": [{"key": "bridge-ports", "value": "eno1"}, {"key": "post-up", "value": up}]}]},
}

_rule := "-A PREROUTING -p tcp -m tcp --dport 443 -j REDIRECT --to-ports 8006"

_up := "iptables -t nat -A PREROUTING -p tcp --dport 443 -j DNAT --to-destination 192.0.2.5:8006"

test_fires_on_both_places if {
	port_redirect.findings == {{"at": ["/config_files/1/properties/0", "/network/interfaces/0/options/1"], "vars": {"rule": _rule}}} with input as _host("netfilter-persistent.service", _rule, _up)
}

test_silent_on_other_ports_and_rules_that_nothing_loads if {
	count(port_redirect.findings) == 0 with input as _host("netfilter-persistent.service", "-A PREROUTING -p tcp --dport 8443 -j REDIRECT --to-ports 8443", "echo 1")
	count(port_redirect.findings) == 0 with input as _host("ssh.service", _rule, "echo 1")
}
