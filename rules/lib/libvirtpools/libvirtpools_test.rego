package lib.libvirtpools_test

import data.lib.libvirtpools

# METADATA
# title: A host with storages
host(list) := {"host": {"name": "pve"}, "storage": {"storages": [{"id": s.id, "type": s.type, "properties": [{"key": key, "value": value} | some key, value in s; not key in {"id", "type"}]} | some s in list]}}

test_storages_become_pools_of_their_kind if {
	pools := libvirtpools.list with input as host([
		{"id": "local", "type": "dir", "path": "/var/lib/vz/", "content": "iso,images"},
		{"id": "nas", "type": "nfs", "content": "images", "server": "x"},
		{"id": "zfs", "type": "zfspool", "pool": "rpool/data"},
		{"id": "lvm", "type": "lvmthin", "vgname": "pve", "thinpool": "data"},
		{"id": "thick", "type": "lvm", "vgname": "pve", "content": "images"},
	])
	{name: p.path | some name, p in pools} == {
		"local": "/var/lib/vz/images",
		"local-iso": "/var/lib/vz/template/iso",
		"lvm": "/dev/pve",
		"nas": "/mnt/pve/nas/images",
		"zfs": "/dev/zvol/rpool/data",
	}
	pools.zfs.source == {"name": "rpool/data"}
}

test_others_are_none if {
	host_without := host([
		{"id": "ceph", "type": "rbd", "content": "images"},
		{"id": "off", "type": "dir", "path": "/a", "content": "images", "disable": "1"},
		{"id": "there", "type": "dir", "path": "/b", "content": "images", "nodes": "other"},
		{"id": "backup", "type": "dir", "path": "/c", "content": "backup"},
		{"id": "evil", "type": "dir", "path": "/../d", "content": "images"},
	])
	libvirtpools.list == {} with input as host_without
	object.keys(libvirtpools.without) == {"ceph", "evil"} with input as host_without
}
