package lib.rbd_test

import data.lib.rbd

_storage(id, properties) := {"id": id, "type": "rbd", "properties": [{"key": k, "value": v} | some k, v in properties]}

_host := {"host": {"name": "pve1"}, "storage": {"storages": [
	_storage("ceph", {}),
	_storage("far", {"pool": "vm", "namespace": "pve", "monhost": "192.0.2.1;[2001:db8::1]:6789, $(reboot)", "username": "pve"}),
	_storage("evil", {"pool": "a b"}),
	_storage("who", {"username": "a b"}),
	_storage("off", {"disable": "1"}),
	{"id": "tank", "type": "zfspool", "properties": [{"key": "pool", "value": "tank"}]},
]}}

_of(volume) := found if {
	found := rbd.of(volume) with input as _host
}

test_what_the_kernel_is_told if {
	_of("ceph:vm-1-disk-0") == {"storage": "ceph", "image": "rbd/vm-1-disk-0", "words": "--id admin --keyring /var/lib/pve2nix/etc/pve/priv/ceph/ceph.keyring --conf /var/lib/pve2nix/etc/pve/ceph.conf"}
	_of("far:base-9-disk-0/vm-1-disk-0") == {"storage": "far", "image": "vm/pve/vm-1-disk-0", "words": "--id pve --keyring /var/lib/pve2nix/etc/pve/priv/ceph/far.keyring -m 192.0.2.1,[2001:db8::1]:6789"}
}

test_nothing_else_is_mapped if {
	every volume in ["evil:vm-1-disk-0", "who:vm-1-disk-0", "off:vm-1-disk-0", "tank:vm-1-disk-0", "ceph:a b", "/dev/sda"] {
		not _of(volume)
	}
}

test_files_that_are_carried if {
	list := rbd.carries({"ceph", "far"}) with input as _host
	[[c.path, c.mode, c.secret, c.at] | some c in list] == [
		["/etc/pve/priv/ceph/ceph.keyring", "0600", true, ["/storage/storages/0"]],
		["/etc/pve/priv/ceph/far.keyring", "0600", true, ["/storage/storages/1"]],
		["/etc/pve/ceph.conf", "0644", false, ["/storage/storages/0"]],
	]
	alone := rbd.carries({"far"}) with input as _host
	count(alone) == 1
}

test_what_a_shell_is_told if {
	concat("", [rbd.functions[0], rbd.functions[count(rbd.functions) - 1]]) == "map() { # link, image, how Ceph is reached}"
	rbd.unmap("/run/rbd/1") == `! test -b /run/rbd/1 || rbd device unmap "$(readlink /run/rbd/1)"`
}
