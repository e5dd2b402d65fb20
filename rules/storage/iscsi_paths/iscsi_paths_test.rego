package rules.storage.iscsi_paths_test

import data.rules.storage.iscsi_paths

_host(status, portals, maps) := {"capture": {"areas": [{"name": "storage.multipath", "status": status}]}, "storage": {
	"iscsi": {"nodes": [{"target": "iqn.x:a", "portal": p} | some p in portals]},
	"multipath": maps,
}}

_two := ["192.0.2.1:3260", "198.51.100.1:3260"]

test_fires_on_two_portals if {
	iscsi_paths.findings == {{"at": ["/storage/iscsi/nodes/0", "/storage/iscsi/nodes/1"], "vars": {"target": "iqn.x:a", "portals": 2}}} with input as _host("known", _two, [])
}

test_silent_with_a_map if {
	count(iscsi_paths.findings) == 0 with input as _host("known", _two, [{"name": "mpatha"}])
}

_open(sessions) := object.union(_host("known", _two, []), {"storage": {"iscsi": object.union(_host("known", _two, []).storage.iscsi, {"sessions": sessions})}})

test_silent_on_one_session if {
	count(iscsi_paths.findings) == 0 with input as _open([{"target": "iqn.x:a", "state": "LOGGED_IN"}])
	count(iscsi_paths.findings) == 1 with input as _open([{"target": "iqn.x:a", "state": "LOGGED_IN"}, {"target": "iqn.x:a", "state": "LOGGED_IN"}])
}

test_silent_on_one_portal if {
	count(iscsi_paths.findings) == 0 with input as _host("known", ["192.0.2.1:3260"], [])
}

test_silent_when_maps_are_unknown if {
	count(iscsi_paths.findings) == 0 with input as _host("unknown", _two, [])
}
