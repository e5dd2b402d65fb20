package rules.containers.inactive_volumes_test

import data.rules.containers.inactive_volumes

_host(type, major) := {
	"host": {"name": "pve1", "pve_major": major},
	"storage": {"storages": [{"type": type, "id": "local-lvm", "properties": []}]},
	"guests": [{"vmid": 204, "type": "lxc", "local": true, "config": [{"key": "rootfs", "value": "x", "fields": [{"name": "volume", "value": "local-lvm:vm-204-disk-0"}]}]}],
}

test_fires_on_a_thin_volume if {
	inactive_volumes.findings == {{"at": ["/guests/0/config/0"], "vars": {"vmids": "204", "storages": "local-lvm"}}} with input as _host("lvmthin", 9)
}

test_silent_before_pve_9 if {
	count(inactive_volumes.findings) == 0 with input as _host("lvmthin", 8)
}

test_silent_on_zfs if {
	count(inactive_volumes.findings) == 0 with input as _host("zfspool", 9)
}
