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

_tree(packages) := {
	"capture": {"areas": [{"name": "units", "status": "partial", "source": "file"}, {"name": "packages", "status": "known", "source": "dpkg-status"}]},
	"packages": [{"name": name, "status": "installed"} | some name in packages],
	"cluster": {"nodes": [{"name": "a"}, {"name": "b"}]},
	"units": [{"name": "ssh.service", "file_state": "enabled", "drop_ins": []}],
}

test_fires_on_a_tree_where_no_daemon_is_installed if {
	time_unsynchronised.findings == {{"at": [], "vars": {"nodes": 2}}} with input as _tree(["pve-manager"])
}

test_silent_on_a_tree_with_a_daemon_whose_unit_is_not_known if {
	count(time_unsynchronised.findings) == 0 with input as _tree(["pve-manager", "ntpsec"])
}

test_silent_on_the_folder_of_a_node_that_is_gone if {
	count(time_unsynchronised.findings) == 0 with input as _host([{"name": "a", "id": 1}, {"name": "b", "id": 0}], ["ssh.service"])
}

test_silent_where_something_else_keeps_the_clock_right if {
	host := _host([{"name": "a"}, {"name": "b"}], ["phc2sys.service"])
	count(time_unsynchronised.findings) == 0 with input as object.union(host, {"system": {"clock": {"synchronized": true}}})
}
