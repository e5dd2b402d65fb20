package rules.services.munin_node_test

import data.rules.services.munin_node

_host(state, more) := {
	"units": [{"name": "munin-node.service", "file_state": state}],
	"config_files": [{"path": "/etc/munin/munin-node.conf", "properties": array.concat(
		[
			{"key": "log_level", "value": "4"},
			{"key": "port", "value": "4949"},
			{"key": "allow", "value": `^192\.0\.2\.62$`},
		],
		more,
	)}],
}

test_answers_the_same_servers if {
	munin_node.settings == {
		{"at": ["/units/0"], "option": ["services", "munin-node", "enable"], "value": true},
		{"at": ["/config_files/0/properties/0", "/config_files/0/properties/1", "/config_files/0/properties/2"], "option": ["services", "munin-node", "extraConfig"], "value": concat("", [`allow ^192\.0\.2\.62$`, "\n"])},
	} with input as _host("enabled", [])
}

test_none_where_it_is_off_or_listens_elsewhere if {
	count(munin_node.settings) == 0 with input as _host("disabled", [])
	count(munin_node.settings) == 0 with input as _host("enabled", [{"key": "port", "value": "5000"}])
	count(munin_node.settings) == 0 with input as _host("enabled", [{"key": "tls", "value": "paranoid"}])
}

test_a_line_that_ends_is_left_out if {
	some s in munin_node.settings with input as _host("enabled", [{"key": "allow", "value": "x\nuser root"}, {"key": "tls", "value": "disabled"}])
	s.option[2] == "extraConfig"
	not contains(s.value, "user root")
	contains(s.value, "tls disabled")
}

test_none_beside_a_companion if {
	count(munin_node.settings) == 0 with input as _host("enabled", []) with data.lib.companion.exists as true
}
