package rules.ha.guests_test

import data.rules.ha.guests

_host(state) := {
	"packages": [{"name": "pve-ha-manager", "status": "installed"}],
	"units": [{"name": "pve-ha-lrm.service"}],
	"guests": [{"vmid": 100, "type": "qemu", "local": true, "config": []}, {"vmid": 102, "type": "qemu", "local": false, "config": []}],
	"cluster": {"ha_resources": [
		{"type": "vm", "id": "100", "properties": array.concat([{"key": "group", "value": "home"}], state)},
		{"type": "vm", "id": "102", "properties": [{"key": "state", "value": "started"}]},
	]},
}

_sids(host) := found if {
	set := guests.findings with input as host with data.target as "proxmox" with data.answers as {"bridges": {"ha": "no"}}
	found := {f.vars.sids | some f in set}
}

test_fires_on_guests_of_this_node if {
	_sids(_host([{"key": "state", "value": "started"}])) == {"vm:100"}
}

test_started_is_the_default if {
	_sids(_host([])) == {"vm:100"}
}

test_silent_on_a_resource_that_ha_does_not_run if {
	_sids(_host([{"key": "state", "value": "ignored"}])) == set()
}

test_says_why_the_manager_is_not_run if {
	host := json.patch(_host([]), [{"op": "add", "path": "/cluster/ha_resources/-", "value": {"type": "ct", "id": "200", "properties": []}}])
	{"HA may start ct:200 here"} == {f.vars.why | some f in guests.findings} with input as host with data.target as "proxmox"
}

test_silent_where_the_manager_runs if {
	count(guests.findings) == 0 with input as _host([]) with data.target as "proxmox"
}

test_a_container_of_a_host_of_its_own_has_a_unit if {
	host := {
		"guests": [{"vmid": 200, "type": "lxc", "local": true, "config": [{"key": "rootfs", "fields": [{"name": "volume", "value": "/srv/a"}]}]}],
		"cluster": {"nodes": [], "ha_resources": [{"type": "ct", "id": "200", "properties": []}]},
		"storage": {"storages": []},
		"network": {"interfaces": [], "links": []},
	}
	count(guests.findings) == 0 with input as host with data.target as "proxmox"
	clustered := object.union(host, {"cluster": {"nodes": [{"name": "a", "id": 1}, {"name": "b", "id": 2}]}})
	{"ct:200"} == {f.vars.sids | some f in guests.findings} with input as clustered with data.target as "proxmox"
}
