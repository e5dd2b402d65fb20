package rules.containers.mapped_images_test

import data.rules.containers.mapped_images

_host(type, guest, volume) := {
	"host": {"name": "pve1"},
	"storage": {"storages": [{"type": type, "id": "ceph-ct", "properties": [{"key": "monhost", "value": "192.0.2.1"}, {"key": "vgname", "value": "pve"}]}]},
	"guests": [{"vmid": 120, "type": guest, "local": true, "config": [{"key": "rootfs", "value": "x", "fields": [{"name": "volume", "value": volume}]}]}],
}

_image := "ceph-ct:vm-120-disk-0"

test_an_image_is_mapped if {
	host := _host("rbd", "lxc", _image)
	mapped_images.findings == {{"at": ["/guests/0/config/0"], "vars": {"vmids": "120", "storages": "ceph-ct"}}} with input as host
	mapped_images.settings == {{"at": ["/guests/0/config/0"], "option": ["boot", "kernelModules"], "value": ["rbd"]}} with input as host
	mapped_images.bridges == {{"at": ["/guests/0/config/0"], "bridge": "container", "params": {"vmid": 120, "storage": "ceph-ct"}}} with input as host
	mapped_images.carries == {{"at": ["/storage/storages/0"], "path": "/etc/pve/priv/ceph/ceph-ct.keyring", "to": "/var/lib/pve2nix/etc/pve/priv/ceph/ceph-ct.keyring", "mode": "0600", "secret": true}} with input as host
}

test_silent_on_another_storage if {
	((count(mapped_images.findings) + count(mapped_images.carries)) + count(mapped_images.settings)) + count(mapped_images.bridges) == 0 with input as _host("lvm", "lxc", _image)
}

test_silent_on_a_virtual_machine if {
	count(mapped_images.findings) == 0 with input as _host("rbd", "qemu", _image)
}

test_silent_on_a_name_that_is_none if {
	count(mapped_images.findings) == 0 with input as _host("rbd", "lxc", "ceph-ct:$(reboot)")
}
