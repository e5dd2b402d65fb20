package rules.containers.rollback_test

import data.rules.containers.rollback

_disk(key, name, volume) := {"key": key, "value": volume, "fields": [{"name": name, "value": volume}]}

_host(type, disk) := {
	"host": {"name": "pve1"},
	"storage": {"storages": [
		{"id": "tank", "type": "zfspool", "properties": [{"key": "pool", "value": "tank/g"}]},
		{"id": "ceph", "type": "rbd", "properties": [{"key": "monhost", "value": "192.0.2.1"}]},
	]},
	"guests": [{"vmid": 100, "type": type, "local": true, "config": [disk], "snapshots": [{"name": "clean", "config": [disk]}]}],
}

_root := _disk("rootfs", "volume", "tank:subvol-100-disk-0")

_scsi := _disk("scsi0", "file", "tank:vm-100-disk-0")

_unit(type, disk, target) := {s.option[3]: s.value | some s in set; s.option[2] == "rollback-100-clean"} if {
	set := rollback.settings with input as _host(type, disk) with data.target as target
}

test_a_container_is_stopped_first if {
	unit := _unit("lxc", _root, "proxmox")
	unit.conflicts == ["lxc-100.service"]
	unit.after == ["lxc-100.service"]
	unit.path == [{"_ref": ["config", "boot", "zfs", "package"]}]
	endswith(unit.script, "zfs rollback tank/g/subvol-100-disk-0@clean\n")
	not unit.wantedBy
	rollback.bridges == {{"at": ["/guests/0/snapshots/0", "/guests/0/snapshots/0/config/0"], "bridge": "container", "params": {"vmid": 100, "snapshot": "clean", "unit": "rollback-100-clean"}}} with input as _host("lxc", _root) with data.target as "proxmox"
}

test_the_key_of_ceph_comes_along if {
	paths := [c.path | some c in rollback.carries with input as _host("lxc", _disk("rootfs", "volume", "ceph:vm-100-disk-0")) with data.target as "libvirt"]
	paths == ["/etc/pve/priv/ceph/ceph.keyring"]
}

test_silent_on_a_virtual_machine if {
	_unit("qemu", _scsi, "proxmox") == {}
}
