package rules.libvirt.unused_disks_test

import data.rules.libvirt.unused_disks

_host(config) := {"host": {"name": "a"}, "mappings": [], "packages": [], "guests": [{"vmid": 100, "type": "qemu", "local": true, "config": config}]}

test_fires_on_an_unused_disk if {
	unused_disks.findings == {{"at": ["/guests/0/config/0"], "vars": {"disks": "100 unused0"}}} with input as _host([{"key": "unused0", "value": "local:100/a.raw", "fields": []}])
}

test_silent_on_a_disk if {
	count(unused_disks.findings) == 0 with input as _host([{"key": "scsi0", "value": "local:100/a.raw", "fields": []}])
}
