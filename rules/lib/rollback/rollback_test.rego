package lib.rollback_test

import data.lib.rollback

_line(key, value) := {"key": key, "value": value, "fields": []}

_disk(key, name, volume) := {"key": key, "value": volume, "fields": [{"name": name, "value": volume}]}

_host(type, config, then) := {
	"host": {"name": "pve1"},
	"storage": {"storages": [
		{"id": "tank", "type": "zfspool", "properties": [{"key": "pool", "value": "tank/g"}]},
		{"id": "thin", "type": "lvmthin", "properties": [{"key": "vgname", "value": "pve"}]},
		{"id": "thick", "type": "lvm", "properties": [{"key": "vgname", "value": "pve"}]},
		{"id": "ceph", "type": "rbd", "properties": [{"key": "monhost", "value": "192.0.2.1"}]},
		{"id": "local", "type": "dir", "properties": [{"key": "path", "value": "/var/lib/vz"}]},
	]},
	"guests": [{"vmid": 100, "type": type, "local": true, "config": config, "snapshots": [{"name": "clean", "config": then}]}],
}

_list(type, config, then) := found if {
	found := rollback.list with input as _host(type, config, then) with data.target as "libvirt"
}

_turned(volume) := one.volumes[0] if {
	some one in _list("qemu", [_disk("scsi0", "file", volume)], [_disk("scsi0", "file", volume)])
}

test_tools if {
	_turned("tank:vm-100-disk-0").act == ["zfs rollback tank/g/vm-100-disk-0@clean"]
	_turned("thin:vm-100-disk-0").act[1] == "lvcreate --setactivationskip n --name vm-100-disk-0 --snapshot pve/snap_vm-100-disk-0_clean"
	_turned("ceph:vm-100-disk-0").act == ["rbd --id admin --keyring /var/lib/pve2nix/etc/pve/priv/ceph/ceph.keyring -m 192.0.2.1 snap rollback --no-progress rbd/vm-100-disk-0@clean"]
	_turned("local:100/vm-100-disk-0.qcow2").act == ["qemu-img snapshot -a clean /var/lib/vz/images/100/vm-100-disk-0.qcow2"]
	not _turned("thick:vm-100-disk-0.qcow2")
	not _turned("tank:$(reboot)")
	not _turned("gone:vm-100-disk-0")
}

test_incus_has_other_images if {
	volume := "local:100/vm-100-disk-0.qcow2"
	found := rollback.list with input as _host("qemu", [_disk("scsi0", "file", volume)], [_disk("scsi0", "file", volume)]) with data.target as "incus"
	count(found) == 0
}

_root := _disk("rootfs", "volume", "tank:subvol-100-disk-0")

test_lines_of_then_and_now if {
	[one] := [one | some one in _list("lxc", [_root, _line("memory", "512"), {"key": "env", "secret": {"sha256_prefix": "a"}}], [_root, _line("memory", "256"), {"key": "env", "secret": {"sha256_prefix": "a"}}, _line("snaptime", "1")])]
	one.differs
	one.same == ["/guests/0/snapshots/0/config/0", "/guests/0/snapshots/0/config/2", "/guests/0/snapshots/0/config/3"]
	[same] := [same | some same in _list("lxc", [_root, _line("parent", "clean")], [_root, _line("snaptime", "1")])]
	not same.differs
}

test_other_volumes_than_today if {
	count(_list("lxc", [_root, _disk("mp0", "volume", "tank:subvol-100-disk-1")], [_root])) == 0
}

test_media_and_firmware_are_passed_over if {
	disk := _disk("scsi0", "file", "tank:vm-100-disk-0")
	[one] := [one | some one in _list("qemu", [disk, _disk("ide2", "file", "tank:vm-100-cloudinit"), _disk("efidisk0", "file", "tank:vm-100-disk-9")], [disk, _disk("ide0", "file", "none")])]
	count(one.volumes) == 1
}

test_a_unit if {
	s := {"vmid": 100, "type": "lxc", "name": "clean", "volumes": [{"tool": "zfs", "check": "true", "act": ["a", "b"]}, {"tool": "lvm2", "check": "true", "act": ["c"]}]}
	rollback.unit_name(s) == "rollback-100-clean"
	endswith(rollback.unit(s, ["off"], {}).script, "exit 1; }\na\nb\nc\n")
	rollback.packages(s) == [{"_ref": ["pkgs", "lvm2"]}, {"_ref": ["config", "boot", "zfs", "package"]}]
	rollback.keys({s}) == []
}
