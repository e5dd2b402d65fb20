package rules.conversion.guard_stores_test

import data.rules.conversion.guard_stores

_found(daemons, config) := {s.option[2]: [s.option[4], s.value] |
	some s in guard_stores.settings with input as {"storage": {"ceph": {"daemons": daemons, "config": config, "osds": []}}, "units": []}
}

_waits := ["ConditionPathExists", ["|!/var/lib/pve2nix/guard/trial.json", "|/var/lib/pve2nix/guard/committed"]]

_config := [{"key": "global.fsid", "value": "11111111-2222-3333-4444-555555555555"}]

test_what_keeps_data_waits if {
	_found(["mds.a", "mgr.a", "mon.a", "osd.10", "osd.2"], _config) == {
		"ceph-mon-a": _waits, "ceph-osd-10": _waits, "ceph-osd-2": _waits, "ceph-volume-all": _waits,
	}
}

test_a_monitor_alone_activates_no_volumes if {
	_found(["mon.a"], _config) == {"ceph-mon-a": _waits}
}

# Near misses: daemons without data, and what is left of a cluster, which gets no units.
test_others_wait_for_nothing if {
	_found(["mds.a", "mgr.a"], _config) == {}
	_found(["mon.a", "osd.1"], []) == {}
	_found([], _config) == {}
}
