package rules.incus.starts_test

import data.rules.incus.starts

_config(config) := {p.path[1]: p.value | some p in set} if {
	set := starts.parts with input as {"guests": [{"vmid": 100, "type": "qemu", "local": true, "config": config}], "cluster": {"ha_resources": []}}
}

test_the_lowest_order_starts_first_and_stops_last if {
	_config([{"key": "onboot", "value": "1"}, {"key": "startup", "value": "x", "fields": [{"name": "order", "value": "2"}, {"name": "up", "value": "30"}, {"name": "down", "value": "90"}]}]) == {
		"boot.autostart": "true",
		"boot.autostart.priority": "998",
		"boot.autostart.delay": "30",
		"boot.stop.priority": "2",
		"boot.host_shutdown_timeout": "90",
	}
}

test_a_guest_that_nobody_starts_stays_off if {
	_config([{"key": "startup", "value": "x", "fields": [{"name": "order", "value": "5000"}]}]) == {
		"boot.autostart": "false",
		"boot.autostart.priority": "1",
		"boot.stop.priority": "999",
		"boot.host_shutdown_timeout": "180",
	}
	_config([]) == {"boot.autostart": "false", "boot.stop.priority": "1000", "boot.host_shutdown_timeout": "180"}
}

test_the_ha_manager_starts_its_guests if {
	set := starts.parts with input as {
		"guests": [{"vmid": 200, "type": "lxc", "local": true, "config": []}],
		"cluster": {"ha_resources": [{"type": "ct", "id": "200", "properties": []}]},
	}
	{p.path[1]: p.value | some p in set} == {"boot.autostart": "true", "boot.stop.priority": "1000", "boot.host_shutdown_timeout": "180"}
}
