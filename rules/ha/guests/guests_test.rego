package rules.ha.guests_test

import data.rules.ha.guests

_host(state) := {
	"packages": [{"name": "pve-ha-manager", "status": "installed"}],
	"units": [{"name": "pve-ha-lrm.service"}],
	"guests": [{"vmid": 100, "type": "qemu", "local": true, "config": []}, {"vmid": 102, "type": "qemu", "local": false, "config": []}],
	"cluster": {"ha_resources": [
		{"type": "vm", "id": "100", "properties": array.concat([{"key": "group", "value": "home"}], state)},
		{"type": "vm", "id": "102", "properties": [{"key": "state", "value": "started"}]},
	]},
}

_sids(host) := found if {
	set := guests.findings with input as host
	found := {f.vars.sids | some f in set}
}

test_fires_on_guests_of_this_node if {
	_sids(_host([{"key": "state", "value": "started"}])) == {"vm:100"}
}

test_started_is_the_default if {
	_sids(_host([])) == {"vm:100"}
}

test_silent_on_a_resource_that_ha_does_not_run if {
	_sids(_host([{"key": "state", "value": "ignored"}])) == set()
}
