package rules.storage.content_refused_test

import data.rules.storage.content_refused

_host(type, content) := {
	"host": {"name": "a"},
	"guests": [{"vmid": 100, "type": type, "local": true, "config": [
		{"key": "scsi0", "value": "s:vm-100-disk-0", "fields": [{"name": "file", "value": "s:vm-100-disk-0"}]},
		{"key": "ide2", "value": "s:iso/x.iso,media=cdrom", "fields": [{"name": "file", "value": "s:iso/x.iso"}, {"name": "media", "value": "cdrom"}]},
		{"key": "scsi1", "value": "t:vm-100-disk-0", "fields": [{"name": "file", "value": "t:vm-100-disk-0"}]},
	]}],
	"storage": {"mounts": [], "fstab": [], "storages": [
		{"type": "dir", "id": "s", "properties": [{"key": "content", "value": content}]},
		{"type": "dir", "id": "t", "properties": []},
	]},
}

test_fires_when_images_were_taken_away if {
	content_refused.findings == {{"at": ["/guests/0/config/0"], "vars": {"volumes": "s:vm-100-disk-0"}}} with input as _host("qemu", "iso,backup,rootdir")
}

test_fires_on_a_cd_in_a_drive if {
	{f.vars.volumes | some f in content_refused.findings} == {"s:iso/x.iso"} with input as _host("qemu", "images")
}

_container(volume) := json.patch(_host("lxc", "images,iso"), [{"op": "replace", "path": "/guests/0/config", "value": [{"key": "rootfs", "fields": [{"name": "volume", "value": volume}]}]}])

test_fires_on_the_image_of_a_container_and_not_on_its_directory if {
	count(content_refused.findings) == 1 with input as _container("s:100/vm-100-disk-0.raw")
	count(content_refused.findings) == 0 with input as _container("s:subvol-100-disk-0")
}

test_silent_when_they_are_allowed if {
	count(content_refused.findings) == 0 with input as _host("qemu", "iso,images")
}
