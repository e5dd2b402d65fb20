package rules.libvirt.cards_test

import data.rules.libvirt.cards

_card(key, options) := {"key": key, "value": "x", "fields": [{"name": k, "value": v} | some k, v in options]}

_bridge(name, more) := object.union({"name": name, "kind": "bridge", "options": [], "ports": [], "slaves": [], "vids": [], "addresses": [], "methods": [], "allow": [], "auto": true}, more)

_host(config) := {
	"host": {"name": "a"}, "mappings": [], "packages": [{"name": "pve-qemu-kvm", "status": "installed", "version": "10.1.2-3"}],
	"network": {"interfaces": [_bridge("vmbr0", {"vlan_aware": true, "mtu": 9000}), _bridge("vmbr1", {}), _bridge("ovs0", {"kind": "ovs-bridge"})], "links": []},
	"guests": [{"vmid": 100, "type": "qemu", "local": true, "config": config}],
}

_catalog := {"libvirt_slots": {"net0": {"bus": 0, "slot": 18}}}

_value(config) := value if {
	some p in cards.parts with input as _host(config) with data.catalog as _catalog
	value := p.value
}

test_a_card_with_a_tag if {
	cards.parts == {{"at": ["/guests/0/config/0"], "document": ["domains", "100"], "path": ["devices", "interfaces", "net0"], "value": {
		"type": "bridge", "source": {"bridge": "vmbr0"}, "vlan": {"tag": [{"id": 20}]},
		"mac": {"address": "bc:24:11:00:00:01"}, "model": {"type": "virtio"}, "alias": {"name": "ua-net0"},
		"address": {"type": "pci", "domain": "0x0000", "bus": "0x00", "slot": "0x12", "function": "0x0"},
		"driver": {"name": "vhost", "queues": 4, "packed": true, "rx_queue_size": 1024},
		"mtu": {"size": 9000}, "link": {"state": "down"},
		"bandwidth": {"inbound": {"average": 51200, "burst": 1024}, "outbound": {"average": 51200, "burst": 1024}},
	}}} with input as _host([_card("net0", {"model": "virtio", "macaddr": "BC:24:11:00:00:01", "bridge": "vmbr0", "tag": "20", "queues": "4", "link_down": "1", "rate": "50"})]) with data.catalog as _catalog
}

test_other_models_have_no_driver if {
	_value([_card("net0", {"model": "e1000", "macaddr": "BC:24:11:00:00:01", "bridge": "vmbr1", "queues": "4"})]) == {"type": "bridge", "source": {"bridge": "vmbr1"}, "mac": {"address": "bc:24:11:00:00:01"}, "model": {"type": "e1000"}, "alias": {"name": "ua-net0"}, "address": {"type": "pci", "domain": "0x0000", "bus": "0x00", "slot": "0x12", "function": "0x0"}}
}

test_old_machines_have_short_rings if {
	value := _value([{"key": "machine", "value": "pc-i440fx-6.2", "fields": [{"name": "type", "value": "pc-i440fx-6.2"}]}, _card("net0", {"model": "virtio", "macaddr": "BC:24:11:00:00:01", "bridge": "vmbr1", "queues": "2"})])
	value.driver == {"name": "vhost", "queues": 2}
	not value.mtu
}

test_old_machines_are_told_an_unusual_mtu if {
	_value([{"key": "machine", "value": "pc-i440fx-6.2", "fields": [{"name": "type", "value": "pc-i440fx-6.2"}]}, _card("net0", {"model": "virtio", "macaddr": "BC:24:11:00:00:01", "bridge": "vmbr1", "mtu": "1400"})]).mtu.size == 1400
}

test_open_vswitch_is_named if {
	_value([_card("net0", {"model": "virtio", "bridge": "ovs0", "trunks": "5;7-8", "tag": "9"})]).virtualport == {"type": "openvswitch"}
}

test_a_trunk_keeps_its_tags if {
	_value([_card("net0", {"model": "virtio", "bridge": "vmbr0", "trunks": "5;7-8", "tag": "9"})]).vlan == {"trunk": true, "tag": [{"id": 9, "native_mode": "untagged"}, {"id": 5}, {"id": 7}, {"id": 8}]}
}

test_a_bridge_that_does_not_filter_has_one_for_the_tag if {
	value := _value([_card("net0", {"model": "virtio", "bridge": "vmbr1", "tag": "9"})])
	value.source == {"bridge": "vmbr1v9"}
	not value.vlan
}

test_no_bridge_is_a_network_of_qemu if {
	_value([_card("net0", {"model": "virtio"})]).type == "user"
}

test_a_trunk_without_a_tag_keeps_untagged_frames if {
	_value([_card("net0", {"model": "virtio", "bridge": "vmbr0", "trunks": "5"})]).vlan == {"trunk": true, "tag": [{"id": 1, "native_mode": "untagged"}, {"id": 5}]}
	_value([_card("net0", {"model": "virtio", "bridge": "ovs0", "trunks": "5"})]).vlan == {"trunk": true, "tag": [{"id": 5}]}
}

test_the_untagged_vlan_is_that_of_the_bridge if {
	host := object.union(_host([_card("net0", {"model": "virtio", "bridge": "vmbr0", "trunks": "5"})]), {"network": {"interfaces": [_bridge("vmbr0", {"vlan_aware": true, "options": [{"key": "bridge-pvid", "value": "7", "fields": []}]})], "links": []}})
	{p.value.vlan.tag[0].id | some p in cards.parts} == {7} with input as host with data.catalog as _catalog
}
