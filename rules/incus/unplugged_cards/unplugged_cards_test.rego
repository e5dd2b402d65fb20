package rules.incus.unplugged_cards_test

import data.rules.incus.unplugged_cards

_vm(config) := {"guests": [{"vmid": 100, "type": "qemu", "local": true, "config": [{"key": key, "value": "x", "fields": [{"name": name, "value": value} | some name, value in fields]} | some key, fields in config]}]}

_ct(config) := {"guests": [object.union(_vm(config).guests[0], {"type": "lxc"})]}

test_cards_without_a_link_or_a_bridge if {
	host := _vm({"net0": {"model": "virtio", "bridge": "vmbr0", "link_down": "1"}, "net1": {"model": "virtio"}, "net2": {"bridge": "a b"}})
	unplugged_cards.findings == {{"at": ["/guests/0/config/0", "/guests/0/config/1", "/guests/0/config/2"], "vars": {"cards": "100 net0, 100 net1, 100 net2"}}} with input as host
}

test_silent_for_a_card_with_its_link if {
	count(unplugged_cards.findings) == 0 with input as _ct({"net0": {"name": "eth0", "bridge": "vmbr0", "link_down": "0"}})
}
