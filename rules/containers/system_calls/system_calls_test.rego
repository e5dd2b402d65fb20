package rules.containers.system_calls_test

import data.rules.containers.system_calls

_host(name, value, unprivileged) := {
	"packages": [{"name": "pve-lxc-syscalld", "status": "installed"}],
	"units": [{"name": "pve-lxc-syscalld.service"}],
	"guests": [{"vmid": 121, "type": "lxc", "local": true, "config": [
		{"key": "features", "value": "x", "fields": [{"name": name, "value": value}]},
		{"key": "unprivileged", "value": unprivileged},
	]}],
}

test_fires_on_nodes_made_inside if {
	system_calls.findings == {{"at": ["/guests/0/config/0", "/packages/0", "/units/0"], "vars": {"vmids": "121"}}} with input as _host("mknod", "1", "1")
}

_there := {"key": "rootfs", "value": "local-lvm:vm-121-disk-0", "fields": [{"name": "volume", "value": "local-lvm:vm-121-disk-0"}]}

_ready(more) := object.union(_host("mknod", "1", "1"), {
	"storage": {"storages": [{"id": "local-lvm", "type": "lvmthin", "properties": [{"key": "vgname", "value": "pve"}]}]},
	"guests": array.concat([object.union(_host("mknod", "1", "1").guests[0], {"config": array.concat(_host("mknod", "1", "1").guests[0].config, [_there])})], more),
})

test_a_socket_and_a_service_answer if {
	host := _ready([])
	said := {concat(".", s.option): s.value | some s in system_calls.settings} with input as host with data.target as "libvirt"
	said["systemd.sockets.pve2nix-nodes.socketConfig"].ListenSequentialPacket == "/run/pve2nix-nodes.sock"
	said["systemd.services.pve2nix-nodes.serviceConfig"].ExecStart == "/var/lib/pve2nix/guard/pve2nix bridge nodes"
	system_calls.bridges == {{"at": ["/guests/0/config/0", "/packages/0", "/units/0"], "bridge": "container", "params": {"service": "pve2nix-nodes", "closes": ["PVE-CT-008"]}}} with input as host with data.target as "libvirt"
	count(system_calls.checks) == 1 with input as host with data.target as "libvirt"
	count(system_calls.findings) == 1 with input as host with data.target as "libvirt"
}

test_nothing_is_kept_where_a_container_has_no_unit if {
	host := _ready([{"vmid": 122, "type": "lxc", "local": true, "config": _host("mknod", "1", "1").guests[0].config}])
	count(system_calls.bridges) == 0 with input as host with data.target as "libvirt"
	count(system_calls.settings) > 0 with input as host with data.target as "libvirt"
}

test_nobody_answers_where_containers_are_declined if {
	count(system_calls.settings) + count(system_calls.bridges) == 0 with input as _ready([]) with data.target as "libvirt" with data.answers as {"bridges": {"container": "no"}}
}

test_silent_where_it_is_off if {
	count(system_calls.findings) == 0 with input as _host("mknod", "0", "1")
}

test_silent_on_root_of_the_host if {
	count(system_calls.findings) == 0 with input as _host("mknod", "1", "0")
}

test_silent_on_nesting if {
	count(system_calls.findings) == 0 with input as _host("nesting", "1", "1")
}
