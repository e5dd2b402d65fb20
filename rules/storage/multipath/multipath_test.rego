package rules.storage.multipath_test

import data.rules.storage.multipath

test_silent_when_it_runs_without_a_map if {
	count(multipath.findings) == 0 with input as object.union(_host("active"), {
		"capture": {"areas": [{"name": "storage.multipath", "status": "known"}]},
		"storage": {"multipath": []},
	})
}

_host(state) := {"units": [{"name": "multipathd.service", "active_state": state, "drop_ins": []}]}

test_fires_when_it_runs if {
	count(multipath.findings) == 1 with input as _host("active")
	count(multipath.carries) == 2 with input as _host("active")
}

test_silent_when_it_is_only_installed if {
	count(multipath.findings) == 0 with input as _host("inactive")
}

_tree(state, maps) := {
	"units": [{"name": "multipathd.service", "file_state": state}],
	"storage": {"multipath": maps},
}

test_fires_on_maps_of_a_daemon_that_would_start if {
	multipath.findings == {{"at": ["/units/0"], "vars": {"maps": "mpatha, mpathb"}}} with input as _tree("enabled", [{"name": "mpathb"}, {"name": "mpatha"}])
}

test_silent_on_maps_that_nobody_makes_again if {
	count(multipath.findings) == 0 with input as _tree("disabled", [{"name": "mpatha"}])
}

test_silent_on_a_daemon_without_a_map if {
	count(multipath.findings) == 0 with input as _tree("enabled", [])
}

test_kept_with_the_files_of_this_host if {
	host := object.union(_tree("enabled", [{"name": "mpatha"}]), {
		"config_files": [
			{"path": "/etc/multipath.conf", "properties": [{"key": "defaults.user_friendly_names", "value": "yes"}]},
			{"path": "/etc/multipath/conf.d/netapp.conf", "properties": [{"key": "devices.device.vendor", "value": "NETAPP"}]},
		],
		"local_files": [{"path": "/etc/multipath/wwids", "kind": "file", "state": "local"}],
	})
	at := ["/config_files/0/properties/0", "/config_files/1/properties/0", "/local_files/0", "/units/0"]
	multipath.bridges == {{"at": at, "bridge": "storage", "params": {"unit": "multipathd.service"}}} with input as host
	{s.value | some s in multipath.settings; s.option == ["environment", "etc", "multipath.conf", "source"]} == {{"_mkForce": "/var/lib/pve2nix/etc/multipath.conf"}} with input as host
	{c.path | some c in multipath.carries} == {"/etc/multipath.conf", "/etc/multipath/bindings", "/etc/multipath/conf.d/netapp.conf", "/etc/multipath/wwids"} with input as host
	count(multipath.checks) == 1 with input as host
}

test_without_a_file_the_module_has_its_own if {
	count({1 | some s in multipath.settings; s.option[0] == "environment"}) == 0 with input as _host("active")
	count(multipath.bridges) == 1 with input as _host("active")
	count((((multipath.settings | multipath.bridges) | multipath.carries) | multipath.checks)) == 0 with input as _host("inactive")
}
