package rules.bridges.companion_ports_test

import data.rules.bridges.companion_ports

_catalog := {
	"companion_types": {"service": {}},
	"companion_base": {},
	"companion_units": {
		"webmin.service": {"runs": ["libvirt"], "ports": [10000]},
		"sshd-of-ours.service": {"runs": ["libvirt"], "ports": [22]},
		"pveproxy.service": {"asked": ["libvirt"], "ports": [8006]},
	},
	"companion_taken_ports": {"all": {"22": "sshd.service"}, "proxmox": {"8006": "pveproxy.service"}},
}

_host(units) := {
	"host": {"name": "pve"},
	"units": [{"name": name, "active_state": "active"} | some name in units],
	"storage": {
		"zfs_pools": [{"name": "rpool", "root": true}], "volume_groups": [], "fstab": [], "storages": [],
		"mounts": [{"target": "/", "type": "zfs", "source": "rpool/ROOT/pve-1", "options": []}],
	},
}

_found(units, target, answers) := x if {
	x := companion_ports.findings with input as _host(units) with data.catalog as _catalog with data.target as target with data.answers as answers
}

test_a_port_of_every_host if {
	_found(["webmin.service", "sshd-of-ours.service"], "libvirt", {}) == {{"at": ["/units/1"], "vars": {"port": 22, "unit": "sshd-of-ours.service", "native": "sshd.service"}}}
}

test_an_interface_that_runs_already if {
	_found(["pveproxy.service"], "proxmox", {"bridges": {"webui": "yes"}}) == {{"at": ["/units/0"], "vars": {"port": 8006, "unit": "pveproxy.service", "native": "pveproxy.service"}}}
}

test_silent_where_it_is_not_asked_for if {
	_found(["pveproxy.service"], "proxmox", {}) == set()
}

test_silent_where_the_port_is_free if {
	_found(["webmin.service", "pveproxy.service"], "libvirt", {"bridges": {"webui": "yes"}}) == set()
}
