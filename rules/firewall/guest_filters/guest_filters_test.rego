package rules.firewall.guest_filters_test

import data.lib.firewall_test
import data.lib.network_test
import data.rules.firewall.guest_filters

_host(firewall) := object.union(
	network_test.host({"firewall": [
		firewall_test.file("cluster", "", {"options": firewall_test.options({"enable": "1"})}),
		firewall_test.file("guest", "100", {"options": firewall_test.options({"enable": "1"})}),
	]}),
	{"guests": [{"vmid": 100, "type": "qemu", "node": "pve1", "local": true, "config": [{"key": "net0", "value": "x", "fields": [
		{"name": "bridge", "value": "vmbr0"},
		{"name": "firewall", "value": firewall},
	]}]}]},
)

test_fires_on_a_guest_whose_card_is_filtered if {
	guest_filters.findings == {{"at": ["/network/firewall/1/options/0"], "vars": {"count": 1, "guests": "100", "reasons": "100: net0: hardware address, net0: no device of a known name, net0: not on a bridge of the kernel"}}} with input as _host("1") with data.target as "libvirt"
}

test_silent_where_no_card_asks_for_it if {
	count(guest_filters.findings) == 0 with input as _host("0")
}
