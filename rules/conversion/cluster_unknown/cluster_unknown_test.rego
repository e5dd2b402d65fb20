package rules.conversion.cluster_unknown_test

import data.rules.conversion.cluster_unknown

_host(status, name) := {
	"capture": {"areas": [{"name": "cluster", "status": status}]},
	"packages": [{"name": name, "status": "installed"}],
}

test_fires_where_nothing_was_read if {
	cluster_unknown.findings == {{"at": ["/capture/areas/0"], "vars": {"why": "no reason is known"}}} with input as _host("unknown", "pve-manager")
}

test_silent_on_a_host_that_has_no_cluster if {
	count(cluster_unknown.findings) == 0 with input as _host("known", "pve-manager")
}

test_silent_without_pve if {
	count(cluster_unknown.findings) == 0 with input as _host("unknown", "htop")
}
