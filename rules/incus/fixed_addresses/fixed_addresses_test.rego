package rules.incus.fixed_addresses_test

import data.rules.incus.fixed_addresses

_vm(config) := {"guests": [{"vmid": 100, "type": "qemu", "local": true, "config": [{"key": key, "value": "x", "fields": [{"name": name, "value": value} | some name, value in fields]} | some key, fields in config]}]}

_ct(config) := {"guests": [object.union(_vm(config).guests[0], {"type": "lxc"})]}

test_addresses_that_pve_wrote if {
	fixed_addresses.findings == {{"at": ["/guests/0/config/0"], "vars": {"vmids": "100"}}} with input as _ct({"net0": {"name": "eth0", "ip": "192.0.2.5/24"}})
}

test_silent_for_addresses_that_the_network_gives if {
	count(fixed_addresses.findings) == 0 with input as _ct({"net0": {"name": "eth0", "ip": "dhcp", "ip6": "auto"}, "net1": {"name": "eth1", "ip": "manual"}})
	count(fixed_addresses.findings) == 0 with input as _vm({"net0": {"ip": "192.0.2.5/24"}})
}
