package rules.guests.linked_clones_test

import data.rules.guests.linked_clones

_host(volume, template) := {"guests": [{"vmid": 128, "type": "qemu", "local": true, "config": [
	{"key": "scsi0", "value": "x", "fields": [{"name": "file", "value": volume}]},
	{"key": "template", "value": template, "fields": []},
]}]}

test_fires_on_a_clone_in_a_pool if {
	linked_clones.findings == {{"at": ["/guests/0/config/0"], "vars": {"vmids": "128", "bases": "900"}}} with input as _host("tank:base-900-disk-0/vm-128-disk-0", "0")
}

test_fires_on_a_clone_in_a_directory if {
	{f.vars.bases | some f in linked_clones.findings} == {"900"} with input as _host("local:900/base-900-disk-0.qcow2/128/vm-128-disk-0.qcow2", "0")
}

test_silent_on_the_template_itself if {
	count(linked_clones.findings) == 0 with input as _host("tank:base-128-disk-0", "1")
}

test_silent_on_a_disk_of_its_own if {
	count(linked_clones.findings) == 0 with input as _host("database:vm-128-disk-0", "0")
}
