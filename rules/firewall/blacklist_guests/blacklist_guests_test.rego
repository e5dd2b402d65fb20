package rules.firewall.blacklist_guests_test

import data.lib.firewall_test
import data.lib.network_test
import data.rules.firewall.blacklist_guests

_host(name, nic) := object.union(
	network_test.host({"firewall": [
		firewall_test.file("cluster", "", {"options": firewall_test.options({"enable": "1"}), "ipsets": [{"name": name, "entries": ["198.51.100.0/24", "203.0.113.7"]}]}),
		firewall_test.file("guest", "100", {"options": firewall_test.options({"enable": "1"})}),
	]}),
	{"guests": [{"vmid": 100, "type": "qemu", "node": "pve1", "local": true, "config": [{"key": "net0", "value": "x", "fields": [{"name": "bridge", "value": "vmbr9"}, {"name": "firewall", "value": nic}]}]}]},
)

test_fires_where_guests_are_filtered if {
	blacklist_guests.findings == {{"at": ["/network/firewall/0/ipsets/0"], "vars": {"count": 2, "guests": "100"}}} with input as _host("blacklist", "1")
}

test_silent_without_filtered_guests if {
	count(blacklist_guests.findings) == 0 with input as _host("blacklist", "0")
}

test_silent_for_another_set if {
	count(blacklist_guests.findings) == 0 with input as _host("friends", "1")
}
