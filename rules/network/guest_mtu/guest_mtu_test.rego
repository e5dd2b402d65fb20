package rules.network.guest_mtu_test

import data.lib.network_test
import data.rules.network.guest_mtu

_host(major, mtu, fields) := object.union(
	network_test.host({"interfaces": [network_test.interface("vmbr1", "bridge", [], {"mtu": mtu})]}),
	{
		"host": {"name": "pve1", "pve_major": major},
		"guests": [{"vmid": 100, "type": "qemu", "node": "pve1", "local": true, "config": [{"key": "net0", "value": "x", "fields": array.concat([{"name": "model", "value": "virtio"}, {"name": "bridge", "value": "vmbr1"}], fields)}]}],
	},
)

test_fires_for_a_card_without_its_own if {
	guest_mtu.findings == {{"at": ["/guests/0/config/0"], "vars": {"count": 1, "bridges": "vmbr1"}}} with input as _host(8, 9000, [])
}

test_silent_for_a_card_with_its_own if {
	count(guest_mtu.findings) == 0 with input as _host(8, 9000, [{"name": "mtu", "value": "1500"}])
}

test_silent_on_an_ordinary_bridge if {
	count(guest_mtu.findings) == 0 with input as _host(8, 1500, [])
}

test_silent_where_it_is_so_already if {
	count(guest_mtu.findings) == 0 with input as _host(9, 9000, [])
}
