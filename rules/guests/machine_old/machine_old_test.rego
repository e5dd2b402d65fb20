package rules.guests.machine_old_test

import data.rules.guests.machine_old

_host(machine) := {"guests": [{"vmid": 107, "type": "qemu", "local": true, "config": [{"key": "machine", "value": machine, "fields": [{"name": "type", "value": machine}]}]}]}

_qemu := {"qemu": {"proxmox-nixos": {"version": "10.1.2", "newest": "10.1", "oldest": "4.2", "warn_below": "6.0"}}}

_vmids(host) := found if {
	set := machine_old.findings with input as host
		with data.catalog as _qemu
	found := {f.vars.vmids | some f in set}
}

test_fires_below_the_line if {
	_vmids(_host("pc-i440fx-5.2")) == {"107"}
}

test_silent_on_the_line if {
	_vmids(_host("pc-i440fx-6.0")) == set()
}

test_silent_on_what_is_gone_already if {
	_vmids(_host("pc-i440fx-2.1")) == set()
}
