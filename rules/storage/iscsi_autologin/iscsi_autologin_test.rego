package rules.storage.iscsi_autologin_test

import data.rules.storage.iscsi_autologin

_host(startup) := {"storage": {"iscsi": {"nodes": [{"target": "iqn.x:a", "portal": "192.0.2.1:3260", "startup": "manual"}, {"target": "iqn.x:b", "portal": "192.0.2.1:3260", "startup": startup}]}}}

test_fires_on_an_automatic_login if {
	iscsi_autologin.findings == {{"at": ["/storage/iscsi/nodes/1"], "vars": {"targets": "iqn.x:b"}}} with input as _host("automatic")
}

test_silent_on_logins_that_pve_makes if {
	count(iscsi_autologin.findings) == 0 with input as _host("manual")
}
