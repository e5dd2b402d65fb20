package rules.libvirt.thin_pools_test

import data.lib.libvirtpools_test
import data.rules.libvirt.thin_pools

test_fires_on_a_thin_pool if {
	thin_pools.findings == {{"at": ["/storage/storages/0"], "vars": {"storages": "lvm"}}} with input as libvirtpools_test.host([{"id": "lvm", "type": "lvmthin", "vgname": "pve"}])
}

test_silent_on_other_storages if {
	count(thin_pools.findings) == 0 with input as libvirtpools_test.host([{"id": "lvm", "type": "lvm", "vgname": "pve"}, {"id": "thin", "type": "lvmthin", "vgname": "pve", "disable": "1"}])
}
