package rules.guests.cloud_init_changed_test

import data.rules.guests.cloud_init_changed

_host(name, config) := {"guests": [{"vmid": 124, "type": "qemu", "local": true, "config": _drive, "special": [{"name": name, "config": config}]}]}

_drive := [{"key": "ide2", "value": "x", "fields": [{"name": "file", "value": "tank:vm-124-cloudinit"}, {"name": "media", "value": "cdrom"}]}]

test_silent_without_a_drive if {
	host := json.patch(_host("special:cloudinit", [{"key": "ciuser", "value": "admin"}]), [{"op": "remove", "path": "/guests/0/config/0"}])
	count(cloud_init_changed.findings) == 0 with input as host
}

test_fires_on_noted_values if {
	cloud_init_changed.findings == {{"at": ["/guests/0/special/0"], "vars": {"vmids": "124"}}} with input as _host("special:cloudinit", [{"key": "ciuser", "value": "admin"}])
}

test_silent_on_an_empty_section if {
	count(cloud_init_changed.findings) == 0 with input as _host("special:cloudinit", [])
}

test_silent_on_another_section if {
	count(cloud_init_changed.findings) == 0 with input as _host("special:fleecing", [{"key": "fleecing-images", "value": "tank:vm-124-fleece-0"}])
}
