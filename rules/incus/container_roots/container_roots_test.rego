package rules.incus.container_roots_test

import data.rules.incus.container_roots

_guest(type, config) := {"guests": [{"vmid": 200, "type": type, "local": true, "config": config}]}

_root := {"key": "rootfs", "value": "x", "fields": [{"name": "volume", "value": "tank:subvol-200-disk-0"}]}

test_each_container if {
	container_roots.findings == {{"at": ["/guests/0/config/0"], "vars": {"vmids": "200"}}} with input as _guest("lxc", [_root])
}

test_silent_for_templates_and_virtual_machines if {
	count(container_roots.findings) == 0 with input as _guest("lxc", [_root, {"key": "template", "value": "1"}])
	count(container_roots.findings) == 0 with input as _guest("qemu", [])
}
