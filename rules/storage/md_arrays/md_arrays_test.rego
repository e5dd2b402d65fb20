package rules.storage.md_arrays_test

import data.rules.storage.md_arrays

test_an_array_of_the_configuration_is_assembled if {
	md_arrays.settings == {
		{"at": ["/storage/md_arrays/0"], "option": ["boot", "swraid", "enable"], "value": true},
		{"at": ["/storage/md_arrays/0"], "option": ["boot", "swraid", "mdadmConf"], "value": "MAILADDR root\n"},
	} with input as {"storage": {"md_arrays": [{"name": "md0"}]}}
}

test_a_host_without_arrays_needs_nothing if {
	count(md_arrays.settings) == 0 with input as {"storage": {"md_arrays": []}}
}

test_whom_the_monitor_tells if {
	host := {
		"storage": {"md_arrays": [{"name": "md0"}]},
		"config_files": [{"path": "/etc/mdadm/mdadm.conf", "properties": [{"key": "PROGRAM", "value": "/usr/local/sbin/md-event"}]}],
		"local_files": [{"path": "/usr/local/sbin/md-event", "kind": "script", "state": "local"}],
	}
	md_arrays.settings[{"at": ["/config_files/0/properties/0"], "option": ["boot", "swraid", "mdadmConf"], "value": "MAILADDR root\nPROGRAM /usr/local/sbin/md-event\n"}] with input as host
	{c.path | some c in md_arrays.carries} == {"/usr/local/sbin/md-event"} with input as host
}

test_the_package_alone_is_told_as_well if {
	host := {
		"packages": [{"name": "mdadm", "status": "installed"}],
		"storage": {"md_arrays": []},
		"config_files": [{"path": "/etc/mdadm/mdadm.conf", "properties": [{"key": "MAILADDR", "value": "ops@example.net"}]}],
	}
	md_arrays.settings[{"at": ["/packages/0"], "option": ["boot", "swraid", "mdadmConf"], "value": "MAILADDR ops@example.net\n"}] with input as host
	md_arrays.settings[{"at": ["/packages/0"], "option": ["boot", "swraid", "mdadmConf"], "value": "MAILADDR root\n"}] with input as object.union(host, {"config_files": []})
}
