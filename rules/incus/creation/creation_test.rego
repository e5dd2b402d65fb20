package rules.incus.creation_test

import data.rules.incus.creation

_host := {
	"host": {"name": "pve"},
	"cluster": {"ha_resources": []},
	"storage": {"storages": [
		{"id": "tank", "type": "zfspool", "properties": [{"key": "pool", "value": "tank"}]},
		{"id": "lvm", "type": "lvmthin", "properties": [{"key": "vgname", "value": "pve"}]},
		{"id": "local", "type": "dir", "properties": [{"key": "path", "value": "/var/lib/vz"}]},
	]},
	"guests": [
		{"vmid": 100, "type": "qemu", "local": true, "config": [
			{"key": "name", "value": "web"},
			{"key": "onboot", "value": "1"},
			{"key": "startup", "value": "x", "fields": [{"name": "order", "value": "2"}]},
			{"key": "scsi0", "value": "x", "fields": [{"name": "file", "value": "lvm:vm-100-disk-0"}]},
		]},
		{"vmid": 200, "type": "lxc", "local": true, "config": [
			{"key": "hostname", "value": "$(reboot)"},
			{"key": "rootfs", "value": "x", "fields": [{"name": "volume", "value": "tank:subvol-200-disk-0"}]},
			{"key": "mp0", "value": "x", "fields": [{"name": "volume", "value": "/srv/media"}]},
			{"key": "mp1", "value": "x", "fields": [{"name": "volume", "value": "/srv/a b; reboot"}]},
		]},
	],
}

_value(host, name) := [s.value | some s in set; concat(".", s.option) == name] if set := creation.settings with input as host

test_the_documents_and_the_order if {
	_value(_host, "environment.etc.incus-instances/100.yaml.source") == [{"_path": "./instances/100.yaml"}]
	[script] := _value(_host, "systemd.services.incus-instances.script")
	endswith(script, "\nmachine 100 web start /dev/pve/vm-100-disk-0\ncontainer 200 ct200 stay /srv/media")
}

test_incus_waits_for_pools_and_shares if {
	_value(_host, "systemd.services.incus.after") == [["remote-fs.target", "zfs-import.target", "zfs-volumes.target"]]
}

test_logical_volumes_are_switched_on if {
	_value(_host, "systemd.services.incus-volumes.script") == ["lvchange --activate y --ignoreactivationskip /dev/pve/vm-100-disk-0 || true"]
}

test_images_of_containers_become_devices if {
	host := object.union(_host, {"guests": [{"vmid": 201, "type": "lxc", "local": true, "config": [
		{"key": "rootfs", "value": "x", "fields": [{"name": "volume", "value": "local:201/vm-201-disk-0.raw"}]},
		{"key": "mp0", "value": "x", "fields": [{"name": "volume", "value": "local:201/vm-201-disk-1.raw"}]},
	]}]})
	[script] := _value(host, "systemd.services.incus-volumes.script")
	script == "mkdir -p /run/incus-volumes\ntest -b /run/incus-volumes/201-mp0 || { test -f /var/lib/vz/images/201/vm-201-disk-1.raw && ln -sfn \"$(losetup --find --show /var/lib/vz/images/201/vm-201-disk-1.raw)\" /run/incus-volumes/201-mp0; } || true"
	_value(host, "systemd.services.incus-volumes.path") == [[{"_ref": ["pkgs", "util-linux"]}]]
	[made] := _value(host, "systemd.services.incus-instances.script")
	endswith(made, "\ncontainer 201 ct201 stay /run/incus-volumes/201-mp0")
}

test_images_of_ceph_are_mapped if {
	host := object.union(_host, {
		"storage": {"storages": [{"id": "ceph", "type": "rbd", "properties": [{"key": "pool", "value": "vm"}, {"key": "monhost", "value": "192.0.2.1"}]}]},
		"guests": [
			{"vmid": 100, "type": "qemu", "local": true, "config": [
				{"key": "name", "value": "web"},
				{"key": "scsi0", "value": "x", "fields": [{"name": "file", "value": "ceph:vm-100-disk-0"}]},
			]},
			{"vmid": 201, "type": "lxc", "local": true, "config": [
				{"key": "rootfs", "value": "x", "fields": [{"name": "volume", "value": "ceph:vm-201-disk-0"}]},
				{"key": "mp0", "value": "x", "fields": [{"name": "volume", "value": "ceph:vm-201-disk-1"}]},
			]},
		],
	})
	[script] := _value(host, "systemd.services.incus-volumes.script")
	words := "--id admin --keyring /var/lib/pve2nix/etc/pve/priv/ceph/ceph.keyring -m 192.0.2.1 || true"
	endswith(script, sprintf("\nmap /dev/rbd/vm/vm-100-disk-0 vm/vm-100-disk-0 %[1]s\nmap /dev/rbd/vm/vm-201-disk-1 vm/vm-201-disk-1 %[1]s", [words]))
	_value(host, "systemd.services.incus-volumes.after") == [["remote-fs.target", "zfs.target", "network-online.target"]]
	_value(host, "systemd.services.incus-volumes.wants") == [["network-online.target"]]
	_value(host, "systemd.services.incus-volumes.path") == [[{"_ref": ["pkgs", "ceph-client"]}]]
	_value(host, "boot.kernelModules") == [["rbd"]]
	[stop] := _value(host, "systemd.services.incus-volumes.postStop")
	startswith(stop, "! test -b /dev/rbd/vm/vm-100-disk-0 || rbd device unmap ")
	[c.path | some c in creation.carries with input as host] == ["/etc/pve/priv/ceph/ceph.keyring"]
}

test_logins_and_files_of_cloud_init if {
	host := object.union(_host, {"guests": [{"vmid": 100, "type": "qemu", "local": true, "config": [
		{"key": "name", "value": "web"},
		{"key": "sshkeys", "secret": {"secret": true}, "source": "/etc/pve/nodes/pve/qemu-server/100.conf:4"},
		{"key": "cicustom", "value": "x", "fields": [{"name": "vendor", "value": "local:snippets/v.yaml"}]},
	]}]})
	[script] := _value(host, "systemd.services.incus-instances.script")
	contains(script, "\n  100) copy=/var/lib/pve2nix/etc/pve/nodes/pve/qemu-server/100.conf ;;\n")
	contains(script, "\n  100) file \"$2\" vendor-data /var/lib/vz/snippets/v.yaml ;;\n")
	contains(script, "\n  login \"$vmid\" \"$name\" || true\n  files \"$vmid\" \"$name\" || true\n")
	creation.carries == {{"at": ["/guests/0/config/1"], "path": "/etc/pve/nodes/pve/qemu-server/100.conf", "to": "/var/lib/pve2nix/etc/pve/nodes/pve/qemu-server/100.conf", "mode": "0600", "secret": true}} with input as host
}

test_variables_of_containers if {
	host := object.union(_host, {"guests": [{"vmid": 201, "type": "lxc", "local": true, "config": [
		{"key": "rootfs", "value": "x", "fields": [{"name": "volume", "value": "tank:subvol-201-disk-0"}]},
		{"key": "env", "source": "/etc/pve/nodes/pve/lxc/201.conf:3"},
	]}]})
	[script] := _value(host, "systemd.services.incus-instances.script")
	contains(script, "\n  case $1 in\n  201) copy=/var/lib/pve2nix/etc/pve/nodes/pve/lxc/201.conf ;;\n  *) return ;;\n")
	contains(script, "\n  sed '/^\\[/,$d' \"$copy\" |\n")
	contains(script, ` | sed -n -E 's/^lxc\.environment(\.[a-z]+)? = //p' |`)
	[c.path | some c in creation.carries with input as host] == ["/etc/pve/nodes/pve/lxc/201.conf"]
}

test_nothing_without_guests if {
	count(creation.settings) == 0 with input as object.union(_host, {"guests": []})
}
