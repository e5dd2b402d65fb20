package rules.containers.mapped_images_test

import data.rules.containers.mapped_images

_host(type, guest) := {
	"host": {"name": "pve1"},
	"storage": {"storages": [{"type": type, "id": "ceph-ct", "properties": []}]},
	"guests": [{"vmid": 120, "type": guest, "local": true, "config": [{"key": "mp0", "value": "x", "fields": [{"name": "volume", "value": "ceph-ct:vm-120-disk-0"}]}]}],
}

test_fires_on_an_image if {
	mapped_images.findings == {{"at": ["/guests/0/config/0"], "vars": {"vmids": "120", "storages": "ceph-ct"}}} with input as _host("rbd", "lxc")
}

test_silent_on_another_storage if {
	count(mapped_images.findings) == 0 with input as _host("zfspool", "lxc")
}

test_silent_on_a_virtual_machine if {
	count(mapped_images.findings) == 0 with input as _host("rbd", "qemu")
}
