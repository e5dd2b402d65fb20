package rules.libvirt.trunk_cards_test

import data.rules.libvirt.trunk_cards

_card(key, options) := {"key": key, "value": "x", "fields": [{"name": k, "value": v} | some k, v in options]}

_bridge(name, more) := object.union({"name": name, "kind": "bridge", "options": [], "ports": [], "slaves": [], "vids": [], "addresses": [], "methods": [], "allow": [], "auto": true}, more)

_host(config) := {
	"host": {"name": "a"}, "mappings": [], "packages": [{"name": "pve-qemu-kvm", "status": "installed", "version": "10.1.2-3"}],
	"network": {"interfaces": [_bridge("vmbr0", {"vlan_aware": true, "mtu": 9000}), _bridge("vmbr1", {}), _bridge("ovs0", {"kind": "ovs-bridge"})], "links": []},
	"guests": [{"vmid": 100, "type": "qemu", "local": true, "config": config}],
}

test_fires_on_a_card_without_a_tag if {
	trunk_cards.findings == {{"at": ["/guests/0/config/0"], "vars": {"bridge": "vmbr0", "cards": "100 net0"}}} with input as _host([_card("net0", {"model": "virtio", "bridge": "vmbr0"})])
}

test_silent_on_tags_and_trunks if {
	count(trunk_cards.findings) == 0 with input as _host([_card("net0", {"model": "virtio", "bridge": "vmbr0", "tag": "5"}), _card("net1", {"model": "virtio", "bridge": "vmbr0", "trunks": "5;6"})])
}

test_silent_on_a_plain_bridge if {
	count(trunk_cards.findings) == 0 with input as _host([_card("net0", {"model": "virtio", "bridge": "vmbr1"})])
}
