package lib.domaincards_test

import data.lib.domaincards

_host(options) := {
	"host": {"name": "a"}, "mappings": [], "packages": [],
	"network": {"interfaces": [], "links": [{"name": "vmbr0", "mtu": 1450}]},
	"guests": [{"vmid": 100, "type": "qemu", "local": true, "config": [{"key": "net0", "value": "x", "fields": [{"name": k, "value": v} | some k, v in options]}]}],
}

test_an_mtu_of_one_is_that_of_the_bridge if {
	domaincards.mtu(domaincards.list[100].net0) == 1450 with input as _host({"model": "virtio", "bridge": "vmbr0", "mtu": "1"})
}

test_an_unknown_bridge_has_the_usual_mtu if {
	domaincards.mtu(domaincards.list[100].net0) == 1500 with input as _host({"model": "virtio", "bridge": "vmbr7"})
}

test_a_trunk_without_a_tag if {
	domaincards.vlan(domaincards.list[100].net0) == {"trunk": true, "tag": [{"id": 4}, {"id": 5}]} with input as _host({"model": "virtio", "bridge": "vmbr0", "trunks": "4-5"})
}

test_names_that_cannot_be_are_no_card if {
	not domaincards.list[100] with input as _host({"model": "virtio", "bridge": "vmbr0; reboot"})
	not domaincards.list[100] with input as _host({"model": "virtio", "macaddr": "ff:ff:ff:ff:ff:ff"})
	not domaincards.list[100] with input as _host({"model": "<x>"})
}
