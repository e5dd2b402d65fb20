package rules.libvirt.release_without_vlans_test

import data.rules.libvirt.release_without_vlans

_card(key, options) := {"key": key, "value": "x", "fields": [{"name": k, "value": v} | some k, v in options]}

_bridge(name, more) := object.union({"name": name, "kind": "bridge", "options": [], "ports": [], "slaves": [], "vids": [], "addresses": [], "methods": [], "allow": [], "auto": true}, more)

_host(config) := {
	"host": {"name": "a"}, "mappings": [], "packages": [{"name": "pve-qemu-kvm", "status": "installed", "version": "10.1.2-3"}],
	"network": {"interfaces": [_bridge("vmbr0", {"vlan_aware": true, "mtu": 9000}), _bridge("vmbr1", {}), _bridge("ovs0", {"kind": "ovs-bridge"})], "links": []},
	"guests": [{"vmid": 100, "type": "qemu", "local": true, "config": config}],
}

test_fires_on_the_old_release if {
	release_without_vlans.findings == {{"at": ["/guests/0/config/0"], "vars": {"cards": "100 net0"}}} with input as _host([_card("net0", {"model": "virtio", "bridge": "vmbr0", "tag": "5"})]) with data.release as "24.11"
}

test_silent_on_the_next if {
	count(release_without_vlans.findings) == 0 with input as _host([_card("net0", {"model": "virtio", "bridge": "vmbr0", "tag": "5"})]) with data.release as "25.05"
}

test_silent_on_open_vswitch if {
	count(release_without_vlans.findings) == 0 with input as _host([_card("net0", {"model": "virtio", "bridge": "ovs0", "tag": "5"})]) with data.release as "24.11"
}
