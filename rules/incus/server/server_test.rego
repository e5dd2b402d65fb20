package rules.incus.server_test

import data.rules.incus.server

_host := {
	"host": {"name": "pve"},
	"system": {"subordinate": [{"key": "uid", "value": "root:100000:65536"}, {"key": "uid", "value": "root:1500:1"}, {"key": "gid", "value": "mira:165536:65536"}]},
	"network": {"interfaces": [{"name": "vmbr0", "kind": "bridge", "ports": [], "slaves": [], "options": []}], "links": []},
	"storage": {"storages": [
		{"id": "tank", "type": "zfspool", "properties": [{"key": "pool", "value": "tank/guests"}]},
		{"id": "a_b", "type": "zfspool", "properties": [{"key": "pool", "value": "tank/other"}]},
		{"id": "local-lvm", "type": "lvmthin", "properties": [{"key": "vgname", "value": "pve"}]},
	]},
	"guests": [{"vmid": 200, "type": "lxc", "local": true, "config": [{"key": "unprivileged", "value": "1"}]}],
}

_values(host) := {name: [s.value | some s in set; concat(".", s.option) == name] | some t in set; name := concat(".", t.option)} if set := server.settings with input as host

test_incus_with_pools_beside_those_of_pve if {
	found := _values(_host)
	found["virtualisation.incus.enable"] == [true]
	found["networking.nftables.enable"] == [true]
	found["systemd.services.incus-startup.wantedBy"] == [["multi-user.target"]]
	found["systemd.services.incus-startup.restartIfChanged"] == [false]
	{p | some list in found["virtualisation.incus.preseed.storage_pools"]; some p in list} == {
		{"name": "default", "driver": "dir", "config": {"source": "/var/lib/incus/storage-pools/default"}},
		{"name": "tank", "driver": "zfs", "config": {"source": "tank/incus-tank"}},
	}
	found["virtualisation.incus.preseed.profiles"] == [[{"name": "default", "devices": {
		"root": {"type": "disk", "path": "/", "pool": "default"},
		"eth0": {"type": "nic", "nictype": "bridged", "parent": "vmbr0", "name": "eth0"},
	}}]]
}

test_root_keeps_the_ids_of_pve if {
	found := _values(_host)
	found["users.users.root.subUidRanges"] == [{"_mkForce": [{"startUid": 100000, "count": 65536}, {"startUid": 1500, "count": 1}]}]
	found["users.users.root.subGidRanges"] == [{"_mkForce": [{"startGid": 100000, "count": 65536}]}]
}

test_a_map_alone_shifts_users if {
	_values(object.union(_host, {"guests": [{"vmid": 200, "type": "lxc", "local": true, "config": [{"key": "lxc.idmap", "value": "u 0 100000 65536"}]}]}))["users.users.root.subUidRanges"]
}

test_no_ids_without_containers_and_no_card_without_the_bridge if {
	found := _values(object.union(_host, {"guests": [], "network": {"interfaces": [], "links": []}}))
	not found["users.users.root.subUidRanges"]
	found["virtualisation.incus.preseed.profiles"] == [[{"name": "default", "devices": {"root": {"type": "disk", "path": "/", "pool": "default"}}}]]
}
