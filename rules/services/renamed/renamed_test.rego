package rules.services.renamed_test

import data.rules.services.renamed

_host(path, state, after) := {"units": [{
	"name": "tunnel.service", "fragment_path": path, "file_state": state, "drop_ins": [],
	"detail": {"settings": [], "commands": [], "after": after, "requires": [], "wants": ["ssh.service"], "wanted_by": ["multi-user.target"]},
}]}

_written(host) := json.patch(host, [{"op": "replace", "path": "/units/0/detail/settings", "value": [{"key": "Service.Type", "value": "simple"}]}])

_catalog := {
	"debian_units": {"zfs-load-module.service": "none", "mariadb.service": "mysql.service"},
	"nixos_units": {
		"networking.service": {"units": ["systemd-networkd.service"]}, "ssh.service": {"units": ["sshd.service"]},
		"pve-cluster.service": {"units": ["pve-cluster.service"], "of": "proxmox-nixos"},
	},
}

_path := "/etc/systemd/system/tunnel.service"

_findings(host, target) := found if found := renamed.findings with input as host with data.catalog as _catalog with data.target as target

test_fires_on_names_of_debian_where_nothing_is_written_anew if {
	_findings(_host(_path, "enabled", ["networking.service", "sysinit.target", "mariadb.service"]), "proxmox") == {{"at": ["/units/0"], "vars": {
		"units": "tunnel.service",
		"names": "mariadb.service, networking.service, ssh.service",
		"others": "mariadb.service is mysql.service, networking.service is systemd-networkd.service, ssh.service is sshd.service",
	}}}
}

test_fires_on_names_that_are_nowhere if {
	host := _written(_host(_path, "enabled", ["networking.service", "zfs-load-module.service", "pve-cluster.service"]))
	_findings(host, "proxmox") == {{"at": ["/units/0"], "vars": {
		"units": "tunnel.service", "names": "zfs-load-module.service", "others": "zfs-load-module.service is none",
	}}}
	some f in _findings(host, "incus")
	f.vars.names == "pve-cluster.service, zfs-load-module.service"
}

test_silent_on_what_is_written_with_the_new_name if {
	count(_findings(_written(_host(_path, "enabled", ["networking.service", "mariadb.service"])), "proxmox")) == 0
}

test_silent_on_units_of_packages if {
	count(_findings(_host("/lib/systemd/system/tunnel.service", "enabled", ["networking.service"]), "proxmox")) == 0
}

test_silent_on_a_unit_that_is_switched_off if {
	count(_findings(_host(_path, "disabled", ["networking.service"]), "proxmox")) == 0
}
