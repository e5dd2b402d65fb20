package rules.incus.media_test

import data.rules.incus.media

_host(files) := {
	"host": {"name": "pve"},
	"storage": {"storages": [{"id": "local", "type": "dir", "properties": [{"key": "path", "value": "/var/lib/vz"}]}]},
	"guests": [{"vmid": 100, "type": "qemu", "local": true, "config": array.concat(
		[{"key": key, "value": "x", "fields": [{"name": "file", "value": file}, {"name": "media", "value": "cdrom"}]} | some key, file in files],
		[{"key": "boot", "value": "x", "fields": [{"name": "order", "value": "ide0"}]}],
	)}],
}

_devices(files) := {p.path[1]: p.value | some p in set} if set := media.parts with input as _host(files)

test_images_and_cloud_init if {
	_devices({"ide0": "local:iso/a.iso", "ide1": "cdrom", "ide2": "local:100/vm-100-cloudinit.qcow2", "ide3": "none"}) == {
		"ide0": {"type": "disk", "source": "/var/lib/vz/template/iso/a.iso", "required": "false", "boot.priority": "100"},
		"ide1": {"type": "disk", "source": "/dev/cdrom", "required": "false"},
		"ide2": {"type": "disk", "source": "cloud-init:config"},
	}
}

test_an_image_that_nobody_finds_is_no_device if {
	_devices({"ide0": "gone:iso/a.iso"}) == {}
}
