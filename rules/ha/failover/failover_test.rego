package rules.ha.failover_test

import data.rules.ha.failover

_host(nodes) := {
	"guests": [{"vmid": 100, "type": "qemu", "local": true, "config": []}],
	"datacenter": {"options": [{"key": "keyboard", "value": "de"}, {"key": "ha", "value": "shutdown_policy=migrate"}]},
	"cluster": {
		"nodes": [{"name": name} | some name in nodes],
		"ha_resources": [{"type": "vm", "id": "100", "properties": [{"key": "state", "value": "started"}, {"key": "group", "value": "home"}]}],
		"ha_groups": [{"type": "group", "id": "home", "properties": [{"key": "comment", "value": "x"}, {"key": "nodes", "value": "pve1"}]}],
		"ha_rules": [],
	},
}

test_fires_in_a_cluster if {
	{f.at | some f in failover.findings} == {[
		"/cluster/ha_groups/0", "/cluster/ha_groups/0/properties/1",
		"/cluster/ha_resources/0/properties/1", "/datacenter/options/1",
	]} with input as _host(["pve1", "pve2"]) with data.target as "proxmox" with data.answers as {"bridges": {"ha": "no"}}
}

test_silent_on_a_host_of_its_own if {
	count(failover.findings) == 0 with input as _host(["pve1"])
}

test_silent_without_resources if {
	host := json.patch(_host(["pve1", "pve2"]), [{"op": "replace", "path": "/cluster/ha_resources", "value": []}])
	count(failover.findings) == 0 with input as host
}

test_silent_where_the_manager_runs if {
	host := object.union(_host(["pve1", "pve2"]), {"host": {"name": "pve1", "pve_version": "9.1.1"}})
	count(failover.findings) == 0 with input as host with data.target as "proxmox"
}
