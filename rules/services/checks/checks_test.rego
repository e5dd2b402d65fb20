package rules.services.checks_test

import data.rules.services.checks

_host := {
	"units": [{"name": "pveproxy.service", "file_state": "enabled"}, {"name": "pvestatd.service", "file_state": "masked"}],
	"guests": [{"vmid": 100, "type": "qemu", "local": true, "config": []}, {"vmid": 101, "type": "qemu", "local": false, "config": []}],
	"cluster": {"nodes": [{"name": "pve1", "local": true, "id": 0}]},
}

_names(host) := names if {
	set := checks.checks with input as host
	names := {[c.check, c.params] | some c in set}
}

test_asks_for_what_was_in_use_and_for_local_guests if {
	_names(_host) == {
		["unit-active", {"unit": "pveproxy.service"}],
		["port-listening", {"port": 8006}],
		["guest-present", {"vmid": 100, "type": "qemu"}],
	}
}

test_asks_for_nothing_where_nothing_was_in_use if {
	_names({"units": [{"name": "pveproxy.service", "file_state": "disabled"}], "guests": [], "cluster": {"nodes": []}}) == set()
}
