package rules.system.time_unsynchronised_test

import data.rules.system.time_unsynchronised

_host(nodes, units) := {
	"capture": {"areas": [{"name": "units", "status": "known", "source": "systemd"}]},
	"cluster": {"nodes": nodes},
	"units": [{"name": u, "active_state": "active", "drop_ins": []} | some u in units],
}

test_fires_on_a_cluster_node_without_daemon if {
	count(time_unsynchronised.findings) == 1 with input as _host([{"name": "a"}, {"name": "b"}], ["ssh.service"])
}

test_silent_with_chrony if {
	count(time_unsynchronised.findings) == 0 with input as _host([{"name": "a"}, {"name": "b"}], ["chrony.service"])
}

test_silent_on_a_single_host if {
	count(time_unsynchronised.findings) == 0 with input as _host([{"name": "a"}], ["ssh.service"])
}
