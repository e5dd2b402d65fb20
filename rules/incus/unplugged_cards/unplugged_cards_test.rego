package rules.incus.unplugged_cards_test

import data.rules.incus.unplugged_cards

_vm(config) := {"guests": [{"vmid": 100, "type": "qemu", "local": true, "config": [{"key": key, "value": "x", "fields": [{"name": name, "value": value} | some name, value in fields]} | some key, fields in config]}]}

_ct(config) := {"guests": [object.union(_vm(config).guests[0], {"type": "lxc"})]}

test_cards_without_a_bridge if {
	host := _vm({"net0": {"model": "virtio", "bridge": "vmbr0"}, "net1": {"model": "virtio"}, "net2": {"bridge": "a b"}})
	unplugged_cards.findings == {{"at": ["/guests/0/config/1", "/guests/0/config/2"], "vars": {"cards": "100 net1, 100 net2"}}} with input as host
	count(unplugged_cards.parts) + count(unplugged_cards.settings) == 0 with input as host
}

test_a_card_whose_cable_is_unplugged if {
	host := _ct({"net0": {"name": "eth0", "bridge": "vmbr0", "link_down": "1", "hwaddr": "BC:24:11:00:00:01", "tag": "5"}})
	{p.value | some p in unplugged_cards.parts} == {{"type": "nic", "nictype": "bridged", "parent": "pve-unplugged", "security.port_isolation": "true", "hwaddr": "bc:24:11:00:00:01", "name": "eth0"}} with input as host
	some s in unplugged_cards.settings with input as host
	array.slice(s.option, 4, 6) == ["netdevConfig", "Kind"]
	s.value == "bridge"
	count(unplugged_cards.findings) == 0 with input as host
}

test_silent_for_a_card_with_its_link if {
	count(unplugged_cards.parts) == 0 with input as _ct({"net0": {"name": "eth0", "bridge": "vmbr0", "link_down": "0"}})
	count(unplugged_cards.findings) == 0 with input as _ct({"net0": {"name": "eth0", "bridge": "vmbr0", "link_down": "0"}})
}
