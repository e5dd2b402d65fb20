package rules.containers.running_by_hand_test

import data.rules.containers.running_by_hand

_host(state, onboot, resources) := {
	"units": [{"name": "pve-container@218.service", "active_state": state}],
	"cluster": {"ha_resources": resources},
	"guests": [{"vmid": 218, "type": "lxc", "local": true, "config": [{"key": "onboot", "value": onboot, "fields": []}]}],
}

test_fires_on_a_running_container if {
	running_by_hand.findings == {{"at": ["/units/0"], "vars": {"vmids": "218"}}} with input as _host("active", "0", [])
}

test_fires_where_nothing_is_said if {
	host := json.patch(_host("active", "0", []), [{"op": "remove", "path": "/guests/0/config/0"}])
	count(running_by_hand.findings) == 1 with input as host
}

test_silent_when_it_starts_with_the_host if {
	count(running_by_hand.findings) == 0 with input as _host("active", "1", [])
}

test_silent_when_it_is_off if {
	count(running_by_hand.findings) == 0 with input as _host("inactive", "0", [])
}

test_silent_when_ha_starts_it if {
	count(running_by_hand.findings) == 0 with input as _host("active", "0", [{"type": "ct", "id": "218", "properties": []}])
}
