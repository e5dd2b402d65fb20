package rules.guests.snapshot_machines_test

import data.rules.guests.snapshot_machines

_qemu := {"qemu": {"proxmox-nixos": {"version": "10.1.2", "newest": "10.1", "oldest": "4.2", "warn_below": "6.0"}}}

_host(machine, local) := {"guests": [{"vmid": 101, "type": "qemu", "local": local, "config": [], "snapshots": [{"name": "old", "config": [{"key": "machine", "value": machine}]}]}]}

_found(host) := set if {
	set := snapshot_machines.findings with input as host
		with data.catalog as _qemu
}

test_fires_on_a_machine_that_goes if {
	_found(_host("pc-i440fx-5.2+pve0", true)) == {{
		"at": ["/guests/0/snapshots/0/config/0"],
		"vars": {"snapshots": "old (101)", "version": "10.1.2", "oldest": "4.2", "newest": "10.1", "below": "6.0"},
	}}
}

test_fires_on_a_machine_that_is_too_new if {
	count(_found(_host("pc-q35-11.0+pve1,viommu=virtio", true))) == 1
}

test_silent_on_the_line if {
	_found(_host("pc-q35-6.0", true)) == set()
}

test_silent_on_a_guest_of_another_node if {
	_found(_host("pc-q35-5.2", false)) == set()
}
