package rules.guests.machine_gone_test

import data.rules.guests.machine_gone

_host(machine, local) := {"guests": [{"vmid": 107, "type": "qemu", "local": local, "config": [{"key": "name", "value": "erp", "fields": []}, {"key": "machine", "value": machine, "fields": [{"name": "type", "value": machine}]}]}]}

_qemu := {"qemu": {"proxmox-nixos": {"version": "10.1.2", "newest": "10.1", "oldest": "4.2", "warn_below": "6.0"}}}

_machines(host) := found if {
	set := machine_gone.findings with input as host
		with data.catalog as _qemu
	found := {f.vars.machine | some f in set}
}

test_fires_on_a_machine_that_was_removed if {
	_machines(_host("pc-i440fx-2.11", true)) == {"pc-i440fx-2.11"}
}

test_fires_on_a_machine_of_a_later_qemu if {
	_machines(_host("pc-q35-11.0+pve0", true)) == {"pc-q35-11.0+pve0"}
}

test_silent_on_the_oldest_and_the_newest if {
	_machines(_host("pc-q35-4.2", true)) == set()
	_machines(_host("pc-q35-10.1+pve1", true)) == set()
}

test_silent_on_a_machine_without_version if {
	_machines(_host("q35", true)) == set()
}

test_silent_on_guests_of_other_nodes if {
	_machines(_host("pc-i440fx-2.11", false)) == set()
}
