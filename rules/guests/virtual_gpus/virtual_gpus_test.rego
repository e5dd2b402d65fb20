package rules.guests.virtual_gpus_test

import data.rules.guests.virtual_gpus

_host(fields) := {"guests": [{"vmid": 118, "type": "qemu", "local": true, "config": [
	{"key": "name", "value": "cad", "fields": []},
	{"key": "hostpci0", "value": "x", "fields": fields},
]}]}

test_fires_on_a_mediated_device if {
	virtual_gpus.findings == {{"at": ["/guests/0/config/1"], "vars": {"vmid": 118, "name": "cad", "types": "nvidia-46"}}} with input as _host([{"name": "host", "value": "0000:01:00.0"}, {"name": "mdev", "value": "nvidia-46"}])
}

test_silent_on_a_whole_card if {
	count(virtual_gpus.findings) == 0 with input as _host([{"name": "host", "value": "0000:01:00.0"}])
}

test_silent_on_graphics_of_intel if {
	count(virtual_gpus.findings) == 0 with input as _host([{"name": "host", "value": "0000:00:02.0"}, {"name": "mdev", "value": "i915-GVTg_V5_4"}])
}
