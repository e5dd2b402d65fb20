package rules.libvirt.without_pool_test

import data.lib.libvirtpools_test
import data.rules.libvirt.without_pool

test_fires_on_ceph if {
	without_pool.findings == {{"at": ["/storage/storages/0"], "vars": {"storages": "ceph"}}} with input as libvirtpools_test.host([{"id": "ceph", "type": "rbd", "content": "images"}])
}

test_fires_on_a_group_that_others_have if {
	host := libvirtpools_test.host([{"id": "san", "type": "lvm", "vgname": "san", "content": "images", "shared": "1"}, {"id": "local", "type": "lvm", "vgname": "pve"}])
	{f.vars.storages | some f in without_pool.findings} == {"san"} with input as host
}

test_silent_where_there_is_a_pool if {
	count(without_pool.findings) == 0 with input as libvirtpools_test.host([{"id": "a", "type": "lvm", "vgname": "pve"}, {"id": "b", "type": "lvm", "vgname": "pve"}, {"id": "local", "type": "dir", "path": "/var/lib/vz", "content": "iso,images"}])
}
