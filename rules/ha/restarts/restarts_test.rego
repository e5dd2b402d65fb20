package rules.ha.restarts_test

import data.rules.ha.restarts

_guest(vmid, type, key, name) := {"vmid": vmid, "type": type, "local": true, "config": [{"key": key, "value": name}, {"key": "rootfs", "fields": [{"name": "volume", "value": "fast:x"}]}]}

_resource(type, id, properties) := {"type": type, "id": id, "properties": [{"key": k, "value": v} | some [k, v] in properties]}

_host := {
	"host": {"name": "pve1"},
	"guests": [_guest(100, "qemu", "name", "web"), _guest(101, "qemu", "name", "db"), _guest(102, "qemu", "name", "off"), _guest(200, "lxc", "hostname", "dns")],
	"cluster": {"ha_resources": [_resource("vm", "100", [["max_restart", "3"], ["state", "started"]]), _resource("vm", "101", []), _resource("vm", "102", [["state", "stopped"]]), _resource("ct", "200", [["state", "started"], ["max_restart", "0"]])]},
}

test_libvirt_looks_for_domains_that_have_failed if {
	_environment(_host) == {"web|3 db|1"}
}

_environment(host) := {s.value.DOMAINS | some s in settings; s.option[3] == "environment"} if {
	settings := restarts.settings with input as host with data.target as "libvirt"
}

test_the_facts_are_those_of_the_restart_alone if {
	{["/cluster/ha_resources/0/properties/0", "/cluster/ha_resources/0/properties/1", "/guests/0", "/guests/1"]} == {s.at | some s in restarts.settings} with input as _host with data.target as "libvirt"
	restarts.bridges == {{"at": ["/cluster/ha_resources/0/properties/0", "/cluster/ha_resources/0/properties/1"], "bridge": "ha", "params": {"vmids": "100, 101"}}} with input as _host with data.target as "libvirt"
	{"libvirt-restarts.timer"} == {c.params.unit | some c in restarts.checks} with input as _host with data.target as "libvirt"
}

test_incus_restarts_by_itself if {
	{[p.document, p.path, p.value] | some p in restarts.parts} == {[["instances", "100"], ["config", "boot.autorestart"], "true"], [["instances", "101"], ["config", "boot.autorestart"], "true"]} with input as _host with data.target as "incus"
	count(restarts.settings) == 0 with input as _host with data.target as "incus"
}

test_silent_where_ha_runs_nothing if {
	host := object.union(_host, {"cluster": {"ha_resources": [_resource("vm", "102", [["state", "stopped"]])]}})
	count(restarts.settings) + count(restarts.bridges) == 0 with input as host with data.target as "libvirt"
	count(restarts.parts) == 0 with input as host with data.target as "incus"
}

_units(host, target) := {concat(" ", array.slice(s.option, 2, 9)): s.value |
	some s in restarts.settings with input as host with data.target as target
	startswith(s.option[2], "lxc-")
}

_contained(limit) := {
	"guests": [{"vmid": 200, "type": "lxc", "local": true, "config": [{"key": "rootfs", "fields": [{"name": "volume", "value": "/srv/a"}]}]}],
	"storage": {"storages": []},
	"network": {"interfaces": [], "links": []},
	"cluster": {"nodes": [], "ha_resources": [_resource("ct", "200", [["max_restart", limit]])]},
}

test_the_unit_of_a_container_starts_it_again if {
	every target in ["libvirt", "proxmox"] {
		_units(_contained("2"), target) == {
			"lxc-200 serviceConfig Restart": "on-failure", "lxc-200 serviceConfig RestartSec": 10,
			"lxc-200 unitConfig StartLimitBurst": 3, "lxc-200 unitConfig StartLimitIntervalSec": 600,
		}
	}
}

test_a_container_that_is_not_to_be_restarted_is_not if {
	_units(_contained("0"), "libvirt") == {}
	_units(object.union(_contained("2"), {"cluster": {"nodes": [{"name": "a", "id": 1}, {"name": "b", "id": 2}]}}), "proxmox") == {}
}
