package rules.libvirt.cloud_init_drives_test

import data.rules.libvirt.cloud_init_drives

_host(config) := {"host": {"name": "a"}, "mappings": [], "packages": [], "guests": [{"vmid": 100, "type": "qemu", "local": true, "config": config}]}

test_fires_on_a_drive if {
	cloud_init_drives.findings == {{"at": ["/guests/0/config/0", "/guests/0/config/1"], "vars": {"vmids": "100"}}} with input as _host([{"key": "ide2", "value": "x", "fields": [{"name": "file", "value": "local:100/vm-100-cloudinit.qcow2"}]}, {"key": "ciuser", "value": "a", "fields": []}])
}

test_silent_without_a_drive if {
	count(cloud_init_drives.findings) == 0 with input as _host([{"key": "ide2", "value": "x", "fields": [{"name": "file", "value": "local:iso/a.iso"}]}, {"key": "ciuser", "value": "a", "fields": []}])
}
