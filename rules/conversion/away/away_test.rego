package rules.conversion.away_test

import data.rules.conversion.away

_nodes := [{"name": "pve1", "id": 1, "local": true}, {"name": "pve2", "id": 2, "local": false}]

_host(version, nodes, resources, daemons) := {
	"host": {"pve_version": version},
	"cluster": {"nodes": nodes, "ha_resources": resources},
	"storage": {"ceph": {"daemons": daemons, "osds": []}},
}

_said(host) := x if x := {concat("/", p.path): p.value | some p in away.plans} with input as host

_vm := [{"type": "vm", "id": "100", "properties": []}]

test_a_node_with_osds_and_ha if {
	_said(_host("8.4.1", _nodes, _vm, ["mon.pve1", "osd.0"])) == {"ceph_flags": ["noout"], "osds": [0], "maintenance": "pve1"}
}

test_osds_that_only_the_state_of_ceph_shows if {
	host := object.union(_host("8.4.1", [], [], []), {"storage": {"ceph": {"daemons": [], "osds": [{"id": 0}]}}})
	_said(host) == {"ceph_flags": ["noout"], "osds": [0]}
}

# Without the id of the cluster its daemons get no units, and nothing asks it.
test_the_client_of_ceph_is_there_for_the_commit if {
	host := _host("8.4.1", [], [], ["osd.0"])
	known := object.union(host, {"storage": {"ceph": {"daemons": ["osd.0"], "osds": [], "config": [{"key": "global.fsid", "value": "11111111-2222-3333-4444-555555555555"}]}}})
	{s.value[0]._ref | some s in away.settings with input as known} == {["pkgs", "ceph"]}
	count(away.settings) == 0 with input as host
}

test_monitors_alone_need_no_flag if {
	_said(_host("8.4.1", _nodes, [], ["mon.pve1"])) == {}
}

test_no_maintenance_without_other_nodes_or_before_pve_knew_it if {
	_said(_host("8.4.1", [_nodes[0]], _vm, [])) == {}
	_said(_host("7.2-11", _nodes, _vm, [])) == {}
}
