package lib.ha_test

import data.lib.ha

_nodes := [{"name": "pve1", "id": 1, "local": true}, {"name": "pve2", "id": 2, "local": false}]

_host(version, nodes, resources, extra) := {
	"host": {"name": "pve1", "pve_version": version},
	"guests": [{"vmid": 100, "type": "qemu", "local": true, "config": []}, {"vmid": 200, "type": "lxc", "local": true, "config": []}, {"vmid": 201, "type": "lxc", "local": false, "config": []}],
	"cluster": object.union({"nodes": nodes, "ha_resources": resources, "ha_groups": [], "ha_rules": [], "corosync": []}, extra),
}

_resource(type, id, properties) := {"type": type, "id": id, "properties": [{"key": k, "value": v} | some k, v in properties]}

_vm := _resource("vm", "100", {})

_hindered(host) := found if {
	found := ha.hindered with input as host with data.target as "proxmox"
}

test_runs_where_guests_are_under_ha if {
	ha.manager with input as _host("9.1.1", _nodes, [_vm], {}) with data.target as "proxmox"
	ha.manager with input as _host("7.4", [_nodes[0]], [_vm], {}) with data.target as "proxmox"
	ha.manager with input as _host("8.4.1", _nodes, [_resource("vm", "300", {})], {}) with data.target as "proxmox"
}

test_does_not_run_elsewhere_or_for_nothing if {
	not ha.manager with input as _host("9.1.1", _nodes, [_vm], {}) with data.target as "libvirt"
	not ha.manager with input as _host("9.1.1", _nodes, [], {}) with data.target as "proxmox"
	not ha.manager with input as _host("9.1.1", [_nodes[0]], [_resource("vm", "300", {})], {}) with data.target as "proxmox"
}

test_a_missing_vote_an_old_cluster_or_an_answer_stands_against_it if {
	_hindered(_host("9.1.1", _nodes, [_vm], {"corosync": [{"key": "quorum.device.model", "value": "disk"}]})) == {"the vote of the quorum device is missing"}
	_hindered(_host("7.4", _nodes, [_vm], {})) == {"its version has to be 8 or 9"}
	{"the answers decline the bridge"} == ha.hindered with input as _host("9.1.1", _nodes, [_vm], {}) with data.target as "proxmox" with data.answers as {"bridges": {"ha": "no"}}
	not ha.manager with input as _host("9.1.1", _nodes, [_vm], {}) with data.target as "proxmox" with data.answers as {"bridges": {"ha": "no"}}
}

test_a_container_stands_against_it if {
	_hindered(_host("9.1.1", _nodes, [_resource("ct", "200", {})], {})) == {"HA may start ct:200 here"}
	_hindered(_host("9.1.1", _nodes, [_resource("vm", "201", {"state": "stopped"})], {})) == {"HA may start ct:201 here"}
	_hindered(_host("9.1.1", _nodes, [_resource("ct", "200", {"state": "ignored"})], {})) == set()
}

_rule(properties) := {"type": "node-affinity", "id": "debian", "properties": [{"key": k, "value": v} | some k, v in object.union({"resources": "vm:100, ct:201", "nodes": "pve2:1,pve3", "strict": "1"}, properties)]}

test_a_strict_rule_keeps_a_container_away if {
	_hindered(_host("9.1.1", _nodes, [_resource("ct", "201", {})], {"ha_rules": [_rule({})]})) == set()
}

test_a_rule_that_names_this_node_or_does_not_count_does_not if {
	every properties in [{"nodes": "pve1,pve2"}, {"strict": "0"}, {"disable": "1"}, {"resources": "ct:202"}] {
		_hindered(_host("9.1.1", _nodes, [_resource("ct", "201", {})], {"ha_rules": [_rule(properties)]})) == {"HA may start ct:201 here"}
	}
	_hindered(_host("9.1.1", _nodes, [_resource("ct", "200", {})], {"ha_rules": [_rule({"resources": "ct:200"})]})) == {"HA may start ct:200 here"}
}

_group(restricted, nodes) := {"type": "group", "id": "debian", "properties": [{"key": "restricted", "value": restricted}, {"key": "nodes", "value": nodes}]}

test_a_restricted_group_keeps_a_container_away if {
	_hindered(_host("8.4.1", _nodes, [_resource("ct", "201", {"group": "debian"})], {"ha_groups": [_group("1", "pve2:2,pve3")]})) == set()
	_hindered(_host("8.4.1", _nodes, [_resource("ct", "201", {"group": "debian"})], {"ha_groups": [_group("0", "pve2")]})) == {"HA may start ct:201 here"}
	_hindered(_host("8.4.1", _nodes, [_resource("ct", "201", {"group": "debian"})], {"ha_groups": [_group("1", "pve2, pve1:1")]})) == {"HA may start ct:201 here"}
}
