package rules.containers.no_ostype_test

import data.rules.containers.no_ostype

_host(config) := {"guests": [{"vmid": 211, "type": "lxc", "local": true, "config": config}]}

_root := {"key": "rootfs", "value": "tank:subvol-211-disk-0", "fields": []}

test_fires_without if {
	no_ostype.findings == {{"at": ["/guests/0"], "vars": {"vmids": "211"}}} with input as _host([_root])
}

test_silent_on_unmanaged if {
	count(no_ostype.findings) == 0 with input as _host([_root, {"key": "ostype", "value": "unmanaged", "fields": []}])
}

test_silent_on_an_empty_file if {
	count(no_ostype.findings) == 0 with input as _host([])
}
