package rules.incus.templates_test

import data.rules.incus.templates

_host(value) := {"guests": [{"vmid": 900, "type": "qemu", "local": true, "config": [{"key": "template", "value": value}, {"key": "cores", "value": "1"}]}]}

test_a_template_with_all_its_keys if {
	templates.findings == {{"at": ["/guests/0", "/guests/0/config/0", "/guests/0/config/1"], "vars": {"vmids": "900"}}} with input as _host("1")
}

test_silent_for_a_guest_that_starts if {
	count(templates.findings) == 0 with input as _host("0")
}

test_silent_where_an_image_can_be_made_of_it if {
	host := {
		"storage": {"storages": [{"id": "local-lvm", "type": "lvmthin", "properties": [{"key": "vgname", "value": "pve"}]}]},
		"guests": [{"vmid": 900, "type": "qemu", "local": true, "config": [
			{"key": "template", "value": "1"},
			{"key": "scsi0", "value": "local-lvm:base-900-disk-0", "fields": [{"name": "file", "value": "local-lvm:base-900-disk-0", "default": true}]},
		]}],
	}
	count(templates.findings) == 0 with input as host
}
