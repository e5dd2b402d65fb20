package rules.conversion.guests_run_test

import data.rules.conversion.guests_run

_said(units, links) := x if {
	x := {[i.at, i.vars.vmids] | some i in guests_run.inhibits} with input as {
		"guests": [{"vmid": 100, "type": "qemu", "local": true, "config": []}, {"vmid": 200, "type": "lxc", "local": true, "config": []}, {"vmid": 300, "type": "qemu", "local": false, "config": []}],
		"units": units,
		"network": {"links": links},
	}
}

test_fires_on_a_container_and_a_virtual_machine if {
	_said([{"name": "pve-container@200.service", "active_state": "active"}], [{"name": "vmbr0"}, {"name": "tap100i0"}]) == {[["/network/links/1", "/units/0"], "100, 200"]}
}

test_silent_where_all_are_stopped if {
	_said([{"name": "pve-container@200.service", "active_state": "inactive"}], [{"name": "vmbr0"}, {"name": "fwbr100i0"}]) == set()
}

test_silent_on_cards_that_are_no_guest_of_this_node if {
	_said([], [{"name": "tap300i0"}, {"name": "tap0"}, {"name": "veth5f2ac1"}, {"name": "tap999i0"}]) == set()
}

_by_process(running) := x if {
	x := {[i.at, i.vars.vmids] | some i in guests_run.inhibits} with input as {
		"guests": [
			{"vmid": 100, "type": "qemu", "local": true, "running": running, "config": []},
			{"vmid": 300, "type": "qemu", "local": false, "running": true, "config": []},
		],
		"units": [],
		"network": {"links": [{"name": "vmbr0"}]},
	}
}

test_fires_on_a_virtual_machine_without_a_card if {
	_by_process(true) == {[["/guests/0"], "100"]}
}

test_silent_on_a_virtual_machine_without_a_process if {
	_by_process(false) == set()
}
