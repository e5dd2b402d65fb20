package rules.containers.lxc_units_test

import data.rules.containers.lxc_units

_property(key, fields) := {"key": key, "value": "x", "fields": [{"name": name, "value": value} | some name, value in fields]}

_guest(vmid, config) := {"vmid": vmid, "type": "lxc", "local": true, "config": config}

_host(guests) := {
	"guests": guests,
	"storage": {"storages": [
		{"id": "local-lvm", "type": "lvmthin", "properties": [{"key": "vgname", "value": "pve"}]},
		{"id": "san", "type": "lvm", "properties": [{"key": "vgname", "value": "san"}, {"key": "shared", "value": "1"}]},
		{"id": "tank", "type": "zfspool", "properties": [{"key": "pool", "value": "tank/guests"}]},
		{"id": "local", "type": "dir", "properties": [{"key": "path", "value": "/var/lib/vz/"}]},
		{"id": "butter", "type": "btrfs", "properties": [{"key": "path", "value": "/srv/b"}]},
		{"id": "nas", "type": "nfs", "properties": []},
		{"id": "ceph-ct", "type": "rbd", "properties": [{"key": "pool", "value": "ct"}, {"key": "monhost", "value": "192.0.2.1"}]},
		{"id": "moved", "type": "dir", "properties": [{"key": "path", "value": "/srv/x"}, {"key": "content-dirs", "value": "images=disks"}]},
	]},
	"network": {"interfaces": [{"name": "vmbr2", "kind": "ovs-bridge", "ports": [], "slaves": [], "options": []}], "links": []},
	"cluster": {"ha_resources": [{"id": "230", "type": "ct", "properties": []}]},
}

_unit(guests, vmid) := {concat(".", array.slice(s.option, 3, 9)): s.value |
	some s in lxc_units.settings with input as _host(guests) with data.target as "proxmox"
	array.slice(s.option, 0, 3) == ["systemd", "services", sprintf("lxc-%d", [vmid])]
}

_root(volume) := _property("rootfs", {"volume": volume})

_on := {"key": "onboot", "value": "1"}

_start := "ln -sf /etc/lxc/200.conf /var/lib/lxc/200/config\nfor group in /sys/fs/cgroup/lxc/200 /sys/fs/cgroup/lxc.monitor/200; do\n  ! test -d \"$group\" || find \"$group\" -depth -type d -exec rmdir {} +\ndone\n"

test_a_container_on_lvm if {
	unit := _unit([_guest(200, [_root("local-lvm:vm-200-disk-0"), {"key": "hostname", "value": "files"}])], 200)
	unit.description == "LXC container 200 (files)"
	unit.preStart == concat("", [_start, "mkdir -p /var/lib/lxc/200/rootfs\nlvchange -ay -K pve/vm-200-disk-0\nmountpoint -q /var/lib/lxc/200/rootfs || mount /dev/pve/vm-200-disk-0 /var/lib/lxc/200/rootfs\n"])
	unit.postStop == "! mountpoint -q /var/lib/lxc/200/rootfs || umount /var/lib/lxc/200/rootfs\n"
	unit.script == "exec lxc-start -F -n 200"
	split(unit.preStop, "\n") == ["ln -sf /etc/lxc/200.conf /var/lib/lxc/200/config", `test "$(lxc-info -n 200 -sH)" != RUNNING || lxc-stop -n 200 -t 180`]
	unit.path == [{"_ref": ["pkgs", name]} | some name in ["apparmor-parser", "iproute2", "lxc", "util-linux", "lvm2"]]
	unit.after == ["apparmor.service", "lxcfs.service", "network.target"]
	unit["unitConfig.RequiresMountsFor"] == ["/var/lib/lxc/200"]
	not unit.wantedBy
	not unit.postStart
}

test_a_container_that_asks_for_nodes_waits_for_the_socket if {
	unit := _unit([_guest(200, [_root("local-lvm:vm-200-disk-0"), {"key": "unprivileged", "value": "1"}, _property("features", {"mknod": "1"})])], 200)
	unit.after == ["apparmor.service", "lxcfs.service", "network.target", "pve2nix-nodes.socket"]
	"pve2nix-nodes.socket" in unit.wants
}

_lines(points) := split(trim_prefix(_unit([_guest(200, array.concat([_root("tank:subvol-200-disk-0")], points))], 200).preStart, _start), "\n")

test_volumes if {
	_lines([]) == [
		"mkdir -p /var/lib/lxc/200/rootfs",
		`test "$(zfs get -H -o value mounted tank/guests/subvol-200-disk-0)" = yes || zfs mount tank/guests/subvol-200-disk-0`,
		`mountpoint -q /var/lib/lxc/200/rootfs || mount --bind "$(zfs get -H -o value mountpoint tank/guests/subvol-200-disk-0)" /var/lib/lxc/200/rootfs`,
		"",
	]
	_lines([_property("mp0", {"volume": "tank:basevol-9-disk-0/subvol-200-disk-1", "mp": "/a", "mountoptions": "noatime;discard", "ro": "1"})])[4] == `mountpoint -q /var/lib/lxc/200/mp0 || mount --bind -o noatime,ro "$(zfs get -H -o value mountpoint tank/guests/subvol-200-disk-1)" /var/lib/lxc/200/mp0`
	array.slice(_lines([_property("mp0", {"volume": "local:200/vm-200-disk-1.raw", "mp": "/a", "mountoptions": "noatime;discard"})]), 3, 5) == ["test -f /var/lib/vz/images/200/vm-200-disk-1.raw", "mountpoint -q /var/lib/lxc/200/mp0 || mount -o loop,discard,noatime /var/lib/vz/images/200/vm-200-disk-1.raw /var/lib/lxc/200/mp0"]
	array.slice(_lines([_property("mp0", {"volume": "local:200/subvol-200-disk-1.subvol", "mp": "/a"})]), 3, 5) == ["test -d /var/lib/vz/images/200/subvol-200-disk-1.subvol", "mountpoint -q /var/lib/lxc/200/mp0 || mount --bind /var/lib/vz/images/200/subvol-200-disk-1.subvol /var/lib/lxc/200/mp0"]
	_lines([_property("mp0", {"volume": "butter:200/vm-200-disk-1.raw", "mp": "/a"})])[3] == "test -f /srv/b/images/200/vm-200-disk-1/disk.raw"
	_lines([_property("mp0", {"volume": "butter:200/subvol-200-disk-1.subvol", "mp": "/a"})])[3] == "test -d /srv/b/images/200/subvol-200-disk-1.subvol"
	_lines([_property("mp0", {"volume": "nas:200/vm-200-disk-1.raw", "mp": "/a"})])[3] == "test -f /mnt/pve/nas/images/200/vm-200-disk-1.raw"
	array.slice(_lines([_property("mp0", {"volume": "/dev/disk/by-id/x-part1", "mp": "/a", "mountoptions": "noatime;nosuid", "ro": "1"})]), 3, 5) == ["test -b /dev/disk/by-id/x-part1", "mountpoint -q /var/lib/lxc/200/mp0 || mount -o nosuid,ro /dev/disk/by-id/x-part1 /var/lib/lxc/200/mp0"]
	array.slice(_lines([_property("mp0", {"volume": "/srv/media", "mp": "/a"})]), 3, 5) == ["test -d /srv/media", "mountpoint -q /var/lib/lxc/200/mp0 || mount --bind /srv/media /var/lib/lxc/200/mp0"]
}

test_zfs_is_waited_for if {
	unit := _unit([_guest(200, [_root("tank:subvol-200-disk-0")])], 200)
	"zfs.target" in unit.after
	{"_ref": ["config", "boot", "zfs", "package"]} in unit.path
}

test_devices_get_owners_of_the_container if {
	unit := _unit(
		[_guest(200, [
			_root("local:200/vm-200-disk-0.raw"),
			{"key": "unprivileged", "value": "1"},
			_property("dev0", {"path": "/dev/dri/renderD128", "gid": "104"}),
			_property("net0", {"bridge": "vmbr2", "tag": "5"}),
		])],
		200,
	)
	contains(unit.preStart, "\ndevice /dev/dri/renderD128 /var/lib/lxc/200/passthrough/dev0 0660 100000:100104\n")
	contains(unit.preStart, "\nmount -t tmpfs -o size=64k,mode=0755 none /var/lib/lxc/200/passthrough\n")
	startswith(unit.postStop, "! mountpoint -q /var/lib/lxc/200/passthrough || umount /var/lib/lxc/200/passthrough\n")
	{"_ref": ["pkgs", "openvswitch"]} in unit.path
	unit.wants == ["lxcfs.service", "sys-subsystem-net-devices-vmbr2.device"]
	unit["unitConfig.RequiresMountsFor"] == ["/var/lib/lxc/200", "/var/lib/vz/images/200/vm-200-disk-0.raw"]
}

test_order_and_delays if {
	guests := [
		_guest(200, [_root("/srv/a"), _on]),
		_guest(210, [_root("/srv/b"), _on, _property("startup", {"order": "1", "up": "90", "down": "20"})]),
		_guest(220, [_root("/srv/c"), _property("startup", {"order": "1"})]),
		_guest(230, [_root("/srv/d"), _on]),
	]
	first := _unit(guests, 210)
	first.wantedBy == ["multi-user.target"]
	first.postStart == "sleep 90"
	first["serviceConfig.TimeoutStopSec"] == 50
	first.serviceConfig.TimeoutStartSec == 210
	not "lxc-200.service" in first.after
	"lxc-210.service" in _unit(guests, 200).after
	not _unit(guests, 220).wantedBy
}

# HA started it whatever onboot says. Where Proxmox VE stays in a cluster, another node may have it.
test_containers_under_ha_start_where_no_other_node_takes_them if {
	guests := [_guest(230, [_root("/srv/d")]), _guest(240, [_root("/srv/e"), _on])]
	_unit(guests, 230).wantedBy == ["multi-user.target"]
	"lxc-230.service" in _unit(guests, 240).after
	clustered := object.union(_host([_guest(230, [_root("/srv/d"), _on])]), {"cluster": {"nodes": [{"name": "a", "id": 1}, {"name": "b", "id": 2}]}})
	every target, count_of in {"proxmox": 0, "libvirt": 1} {
		units := lxc_units.settings with input as clustered with data.target as target
		count({s | some s in units; s.option[3] == "wantedBy"}) == count_of
	}
}

test_virtual_machines_between_containers if {
	guests := [
		_guest(200, [_root("/srv/a"), _on, _property("startup", {"order": "1"})]),
		_guest(210, [_root("/srv/b"), _on]),
		{"vmid": 100, "type": "qemu", "local": true, "config": [_on, _property("startup", {"order": "2"})]},
		{"vmid": 101, "type": "qemu", "local": true, "config": []},
	]
	_unit(guests, 200).before == ["pve-guests.service"]
	"pve-guests.service" in _unit(guests, 210).after
	not _unit(guests, 210).before
}

test_silent_where_something_is_not_prepared if {
	count(lxc_units.settings) == 0 with input as _host([
		_guest(200, [_root("san:vm-200-disk-0"), _on]),
		_guest(201, [_root("moved:201/vm-201-disk-0.raw"), _on]),
		_guest(202, [_root("/srv/a b"), _on]),
		_guest(203, [_root("local:../../etc/x.raw"), _on]),
		_guest(204, [_root("gone:vm-204-disk-0"), _on]),
	])
}

test_an_image_of_ceph_is_mapped_and_taken_away if {
	unit := _unit([_guest(200, [_root("ceph-ct:vm-200-disk-0")])], 200)
	endswith(unit.preStart, "\n}\nmkdir -p /var/lib/lxc/200/rootfs\nmap /run/rbd/200-rootfs ct/vm-200-disk-0 --id admin --keyring /var/lib/pve2nix/etc/pve/priv/ceph/ceph-ct.keyring -m 192.0.2.1\nmountpoint -q /var/lib/lxc/200/rootfs || mount /run/rbd/200-rootfs /var/lib/lxc/200/rootfs\n")
	unit.postStop == "! mountpoint -q /var/lib/lxc/200/rootfs || umount /var/lib/lxc/200/rootfs\n! test -b /run/rbd/200-rootfs || rbd device unmap \"$(readlink /run/rbd/200-rootfs)\"\n"
	{"_ref": ["pkgs", "ceph-client"]} in unit.path
	"network-online.target" in unit.after
	"network-online.target" in unit.wants
}

test_a_hook_script_runs_at_four_moments if {
	unit := _unit([_guest(200, [_root("local-lvm:vm-200-disk-0"), {"key": "hookscript", "value": "local:snippets/a.pl"}])], 200)
	contains(unit.preStart, "\n}\nhook /var/lib/vz/snippets/a.pl 200 pre-start\nmkdir -p ")
	endswith(unit.postStart, "\n}\nlxc-wait -n 200 -s RUNNING -t 60 || true\nhook /var/lib/vz/snippets/a.pl 200 post-start || true")
	contains(unit.preStop, "\ntest \"$(lxc-info -n 200 -sH)\" != RUNNING || hook /var/lib/vz/snippets/a.pl 200 pre-stop || true\n")
	endswith(unit.postStop, "\n}\nhook /var/lib/vz/snippets/a.pl 200 post-stop || true\n")
	unit["unitConfig.RequiresMountsFor"] == ["/var/lib/lxc/200", "/var/lib/vz/snippets/a.pl"]
	{"_ref": ["pkgs", "perl"]} in unit.path
}

test_variables_are_taken_from_the_copy if {
	unit := _unit([_guest(200, [_root("local-lvm:vm-200-disk-0"), {"key": "env", "source": "/etc/pve/nodes/pve1/lxc/200.conf:3"}])], 200)
	contains(unit.preStart, "if test -e /var/lib/pve2nix/etc/pve/nodes/pve1/lxc/200.conf; then\n  (\n    umask 077\n    sed '/^\\[/,$d' /var/lib/pve2nix/etc/pve/nodes/pve1/lxc/200.conf |\n")
	contains(unit.preStart, " >/var/lib/lxc/200/local.d/pve.conf\n  )\nfi\n")
}

test_a_container_that_starts_with_the_host_is_looked_at if {
	host := _host([_guest(200, [_root("local-lvm:vm-200-disk-0"), _on]), _guest(201, [_root("local-lvm:vm-201-disk-0")])])
	lxc_units.checks == {{"at": ["/guests/0"], "check": "unit-active", "params": {"unit": "lxc-200.service"}, "required": true}} with input as host with data.target as "proxmox"
	{b.params.unit | some b in lxc_units.bridges} == {"lxc-200.service", "lxc-201.service"} with input as host with data.target as "proxmox"
}
