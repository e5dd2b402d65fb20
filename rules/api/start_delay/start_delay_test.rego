package rules.api.start_delay_test

import data.rules.api.start_delay

_host(delay, onboot) := {
	"cluster": {"nodes": [{"name": "pve1", "local": true, "addresses": [], "config": [{"key": "wakeonlan", "value": "x"}, {"key": "startall-onboot-delay", "value": delay}]}]},
	"guests": [{"vmid": 100, "type": "qemu", "local": true, "config": [{"key": "onboot", "value": onboot}]}],
}

test_fires_on_a_wait_before_a_guest if {
	start_delay.findings == {{"at": ["/cluster/nodes/0/config/1"], "vars": {"seconds": "20"}}} with input as _host("20", "1")
		with data.target as "proxmox"
}

test_silent_without_a_wait_and_without_guests_that_start if {
	count(start_delay.findings) == 0 with input as _host("0", "1")
		with data.target as "proxmox"
	count(start_delay.findings) == 0 with input as _host("20", "0")
		with data.target as "proxmox"
}
