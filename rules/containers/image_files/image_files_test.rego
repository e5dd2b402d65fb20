package rules.containers.image_files_test

import data.rules.containers.image_files

_host(volume) := {"guests": [{"vmid": 205, "type": "lxc", "local": true, "config": [{"key": "rootfs", "value": "x", "fields": [{"name": "volume", "value": volume}]}]}]}

test_fires_on_a_file if {
	image_files.findings == {{"at": ["/guests/0/config/0"], "vars": {"vmids": "205", "storages": "local"}}} with input as _host("local:205/vm-205-disk-0.raw")
}

test_silent_on_a_dataset if {
	count(image_files.findings) == 0 with input as _host("tank:subvol-205-disk-0")
}
