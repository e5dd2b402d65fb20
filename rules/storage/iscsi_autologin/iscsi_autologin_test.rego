package rules.storage.iscsi_autologin_test

import data.rules.storage.iscsi_autologin

_host(startup) := {"storage": {"iscsi": {"nodes": [{"target": "iqn.x:a", "portal": "192.0.2.1:3260", "startup": "manual"}, {"target": "iqn.x:b", "portal": "192.0.2.1:3260", "startup": startup}]}}}

test_fires_on_an_automatic_login if {
	iscsi_autologin.findings == {{"at": ["/storage/iscsi/nodes/1"], "vars": {"targets": "iqn.x:b"}}} with input as _host("automatic")
}

test_silent_on_logins_that_pve_makes if {
	count(iscsi_autologin.findings) == 0 with input as _host("manual")
}

_named(startup, name) := object.union(_host(startup), {"storage": {"iscsi": {"initiator_name": name}}})

test_kept_with_the_records if {
	iscsi_autologin.bridges == {{"at": ["/storage/iscsi/nodes/1"], "bridge": "storage", "params": {"unit": "iscsi.service"}}} with input as _named("automatic", "iqn.1993-08.org.debian:01:abc")
	iscsi_autologin.settings == {{"at": ["/storage/iscsi/nodes/1"], "option": ["systemd", "services", "iscsi", "wantedBy"], "value": ["remote-fs.target"]}} with input as _named("onboot", "iqn.1993-08.org.debian:01:abc")
	{c.path | some c in iscsi_autologin.carries} == {"/etc/iscsi/nodes"} with input as _named("automatic", "iqn.1993-08.org.debian:01:abc")
	count(iscsi_autologin.checks) == 1 with input as _named("automatic", "iqn.1993-08.org.debian:01:abc")
}

test_not_kept_without_a_name_or_a_login if {
	count((((iscsi_autologin.bridges | iscsi_autologin.settings) | iscsi_autologin.carries) | iscsi_autologin.checks)) == 0 with input as _named("automatic", "x\ny")
	count((((iscsi_autologin.bridges | iscsi_autologin.settings) | iscsi_autologin.carries) | iscsi_autologin.checks)) == 0 with input as _named("manual", "iqn.1993-08.org.debian:01:abc")
}
