package rules.network.live_rules_test

import data.lib.network_test
import data.rules.network.live_rules

_host(options, rule) := network_test.host({
	"interfaces": [network_test.interface("eno2", "physical", options, {})],
	"rules": [object.union({"priority": 100, "family": "inet", "from": "198.51.100.0/24", "table": 100, "protocol": "boot", "conditions": []}, rule)],
})

test_fires_for_a_rule_of_nobody if {
	live_rules.findings == {{"at": ["/network/rules/0"], "vars": {"count": 1, "example": "198.51.100.0/24 to table 100"}}} with input as _host([], {})
}

test_silent_where_a_line_makes_them if {
	count(live_rules.findings) == 0 with input as _host([["post-up", "ip rule add from 198.51.100.0/24 table 100"]], {})
}

test_silent_for_rules_of_programs if {
	every rule in [{"priority": 5210}, {"table": 51820}, {"conditions": ["suppress_prefixlength 0"]}, {"priority": 1000}, {"protocol": "kernel"}] {
		count(live_rules.findings) == 0 with input as _host([], rule)
	}
}
