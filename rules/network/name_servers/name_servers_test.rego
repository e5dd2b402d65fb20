package rules.network.name_servers_test

import data.lib.network_test
import data.rules.network.name_servers

_host(servers, search) := network_test.host({"dns": {
	"nameservers": [{"key": "nameserver", "value": s, "fields": []} | some s in servers],
	"search": [{"key": "search", "value": s, "fields": []} | some s in search],
}})

_value(option) := {s.value | some s in name_servers.settings; s.option == option}

test_servers_stay_in_resolv_conf if {
	_value(["networking", "nameservers"]) == {["192.0.2.53", "2001:db8::53"]} with input as _host(["192.0.2.53", "2001:db8::53"], [])
	_value(["services", "resolved", "enable"]) == {false} with input as _host(["192.0.2.53"], [])
	_value(["networking", "search"]) == {["example.com"]} with input as _host([], ["example.com"])
}

test_a_host_without_servers_keeps_the_resolver if {
	_value(["services", "resolved", "enable"]) == set() with input as _host([], [])
	_value(["services", "resolved", "enable"]) == set() with input as object.union(_host(["192.0.2.53"], []), {"units": [{"name": "systemd-resolved.service", "active_state": "active"}]})
	_value(["services", "resolved", "enable"]) == set() with input as _host(["127.0.0.53"], [])
}

_with_unit(states) := object.union(_host(["192.0.2.53"], []), {"units": [object.union({"name": "systemd-resolved.service"}, states)]})

test_a_resolver_that_is_not_off_stays if {
	every states in [{"file_state": "disabled", "active_state": "failed"}, {"file_state": "enabled"}, {"file_state": "generated"}, {"file_state": "odd"}, {}] {
		_value(["services", "resolved", "enable"]) == set() with input as _with_unit(states)
	}
}

test_a_resolver_that_is_off_goes if {
	every states in [
		{"load_state": "not-found"}, {"file_state": "masked"}, {"file_state": "disabled"},
		{"file_state": "static", "active_state": "inactive"}, {"file_state": "generated", "active_state": "inactive"},
	] {
		_value(["services", "resolved", "enable"]) == {false} with input as _with_unit(states)
	}
}

test_texts_that_do_not_fit_are_left_out if {
	_value(["networking", "nameservers"]) == {["192.0.2.53"]} with input as _host(["192.0.2.53", "$(x)"], [])
	_value(["networking", "search"]) == set() with input as _host([], ["a b", "x\ny"])
}

test_lines_of_interfaces_that_say_the_same_are_claimed if {
	dns := _host(["192.0.2.53"], []).network.dns
	facts := network_test.host({"dns": dns, "interfaces": [network_test.interface("vmbr0", "bridge", [["dns-nameservers", "192.0.2.53"], ["dns-nameservers", "8.8.8.8"]], {})]})
	{p | some s in name_servers.settings; some p in s.at; contains(p, "options")} == {"/network/interfaces/0/options/0"} with input as facts
}

test_search_lines_of_interfaces_that_say_the_same_are_claimed if {
	facts := _host([], ["example.com"])
	same := object.union(facts.network, {"interfaces": [network_test.interface("vmbr0", "bridge", [["dns-search", "example.com"], ["dns-domain", "other.example"]], {})]})
	claimed := {p | some s in name_servers.settings; some p in s.at} with input as object.union(facts, {"network": same})
	"/network/interfaces/0/options/0" in claimed
	not "/network/interfaces/0/options/1" in claimed
}
