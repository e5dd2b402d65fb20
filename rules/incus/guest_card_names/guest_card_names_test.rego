package rules.incus.guest_card_names_test

import data.rules.incus.guest_card_names

_vm(config) := {"guests": [{"vmid": 100, "type": "qemu", "local": true, "config": [{"key": key, "value": "x", "fields": [{"name": name, "value": value} | some name, value in fields]} | some key, fields in config]}]}

_ct(config) := {"guests": [object.union(_vm(config).guests[0], {"type": "lxc"})]}

test_every_virtual_machine_with_a_card if {
	guest_card_names.findings == {{"at": ["/guests/0"], "vars": {"vmids": "100"}}} with input as _vm({"net0": {"model": "virtio", "bridge": "vmbr0"}})
}

test_silent_for_containers_and_guests_without_cards if {
	count(guest_card_names.findings) == 0 with input as _ct({"net0": {"name": "eth0", "bridge": "vmbr0"}})
	count(guest_card_names.findings) == 0 with input as _vm({"scsi0": {}})
}
