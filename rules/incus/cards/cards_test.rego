package rules.incus.cards_test

import data.rules.incus.cards

_vm(config) := {"guests": [{"vmid": 100, "type": "qemu", "local": true, "config": [{"key": key, "value": "x", "fields": [{"name": name, "value": value} | some name, value in fields]} | some key, fields in config]}]}

_ct(config) := {"guests": [object.union(_vm(config).guests[0], {"type": "lxc"})]}

_devices(host) := {p.path[1]: p.value | some p in set} if set := cards.parts with input as host

test_a_card_of_a_virtual_machine if {
	_devices(_vm({
		"net0": {"model": "virtio", "macaddr": "BC:24:11:10:00:64", "bridge": "vmbr0", "tag": "20", "trunks": "30;40-49", "mtu": "9000", "rate": "100", "queues": "4"},
		"net1": {"model": "virtio", "bridge": "vmbr1", "mtu": "1", "rate": "0.5"},
	})) == {
		"net0": {"type": "nic", "nictype": "bridged", "parent": "vmbr0", "hwaddr": "bc:24:11:10:00:64", "vlan": "20", "vlan.tagged": "30,40-49", "mtu": "9000", "limits.max": "800Mibit"},
		"net1": {"type": "nic", "nictype": "bridged", "parent": "vmbr1", "limits.max": "4096Kibit"},
	}
}

test_a_card_of_a_container if {
	_devices(_ct({"net0": {"name": "eth0", "hwaddr": "BC:24:11:20:00:C9", "bridge": "vmbr0", "ip": "192.0.2.1/24", "type": "veth"}})) == {"net0": {"type": "nic", "nictype": "bridged", "parent": "vmbr0", "hwaddr": "bc:24:11:20:00:c9", "name": "eth0"}}
}

test_a_card_that_the_guest_starts_from if {
	set := cards.parts with input as _vm({"boot": {"order": "scsi0;net0"}, "net0": {"bridge": "vmbr0"}, "net1": {"bridge": "vmbr0"}})
	{[p.at[0], p.value] | some p in set; p.path == ["devices", "net0"]} == {
		["/guests/0/config/0", {"boot.priority": "99"}],
		["/guests/0/config/1", {"type": "nic", "nictype": "bridged", "parent": "vmbr0", "boot.priority": "99"}],
	}
}

_bridge(options) := {"network": {"interfaces": [object.union({"name": "vmbr0", "kind": "bridge", "ports": [], "slaves": [], "options": []}, options)], "links": []}}

_plain := {"type": "nic", "nictype": "bridged", "parent": "vmbr0"}

test_the_vlans_of_a_bridge_that_has_few if {
	guest := _vm({"net0": {"bridge": "vmbr0"}})
	_devices(object.union(guest, _bridge({"vlan_aware": true, "vids": ["10", "20-25"]}))).net0 == object.union(_plain, {"vlan.tagged": "10,20-25"})
	_devices(object.union(guest, _bridge({"vlan_aware": true, "vids": ["2-4094"]}))).net0 == _plain
	_devices(object.union(guest, _bridge({"vlan_aware": true, "vids": ["1-10"]}))).net0 == _plain
	_devices(object.union(guest, _bridge({"vids": ["10"]}))).net0 == _plain
	_devices(object.union(_vm({"net0": {"bridge": "vmbr0", "trunks": "10;20"}}), _bridge({}))).net0 == _plain
	_devices(object.union(_vm({"net0": {"bridge": "vmbr0", "tag": "10"}}), _bridge({"vlan_aware": true, "vids": ["10"]}))).net0 == object.union(_plain, {"vlan": "10"})
}

test_hostile_words_are_no_card if {
	_devices(_vm({"net0": {"bridge": "vmbr0; reboot"}, "net1": {"bridge": "vmbr0", "link_down": "1"}, "net2": {"macaddr": "x"}})) == {}
	_devices(_vm({"net0": {"bridge": "vmbr0", "macaddr": "${x}", "tag": "a", "trunks": "1\n", "mtu": "0x1", "rate": "fast"}})) == {"net0": {"type": "nic", "nictype": "bridged", "parent": "vmbr0"}}
}

test_a_tag_on_a_bridge_without_vlans_is_the_bridge_of_the_tag if {
	plain := {"name": "vmbr1", "kind": "bridge", "options": [], "ports": ["eno1"], "slaves": [], "vids": [], "addresses": [], "methods": [], "allow": [], "auto": true}
	host := object.union(_vm({"net0": {"bridge": "vmbr1", "tag": "20", "trunks": "30"}}), {"network": {"interfaces": [plain], "links": []}})
	_devices(host) == {"net0": {"type": "nic", "nictype": "bridged", "parent": "vmbr1v20"}}
	filtering := object.union(host, {"network": {"interfaces": [object.union(plain, {"vlan_aware": true})]}})
	_devices(filtering) == {"net0": {"type": "nic", "nictype": "bridged", "parent": "vmbr1", "vlan": "20", "vlan.tagged": "30"}}
}
