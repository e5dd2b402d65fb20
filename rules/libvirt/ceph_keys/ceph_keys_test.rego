package rules.libvirt.ceph_keys_test

import data.rules.libvirt.ceph_keys

_host(type) := {
	"host": {"name": "a"}, "packages": [], "mappings": [],
	"network": {"interfaces": [], "links": []},
	"storage": {"storages": [{"id": "ceph-vm", "type": type, "properties": [{"key": "pool", "value": "vm", "fields": []}, {"key": "vgname", "value": "vm", "fields": []}]}]},
	"guests": [{"vmid": 100, "type": "qemu", "local": true, "config": [{"key": "scsi0", "value": "x", "fields": [{"name": "file", "value": "ceph-vm:vm-100-disk-0"}]}]}],
}

test_fires_on_an_image_of_ceph if {
	ceph_keys.findings == {{"at": ["/guests/0/config/0", "/storage/storages/0"], "vars": {"storage": "ceph-vm", "client": "admin", "usage": "pve-storage-ceph-vm", "vmids": "100"}}} with input as _host("rbd")
}

test_silent_on_a_volume_group if {
	count(ceph_keys.findings) == 0 with input as _host("lvm")
}
