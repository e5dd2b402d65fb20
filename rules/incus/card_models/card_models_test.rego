package rules.incus.card_models_test

import data.rules.incus.card_models

_vm(config) := {"guests": [{"vmid": 100, "type": "qemu", "local": true, "config": [{"key": key, "value": "x", "fields": [{"name": name, "value": value} | some name, value in fields]} | some key, fields in config]}]}

_ct(config) := {"guests": [object.union(_vm(config).guests[0], {"type": "lxc"})]}

test_a_card_of_another_model if {
	card_models.findings == {{"at": ["/guests/0/config/0"], "vars": {"cards": "100 net0"}}} with input as _vm({"net0": {"model": "e1000", "bridge": "vmbr0"}})
}

test_silent_for_virtio_and_containers if {
	count(card_models.findings) == 0 with input as _vm({"net0": {"model": "virtio", "bridge": "vmbr0"}, "net1": {"model": "e1000", "bridge": "vmbr0", "link_down": "1"}})
	count(card_models.findings) == 0 with input as _ct({"net0": {"name": "eth0", "bridge": "vmbr0"}})
}
