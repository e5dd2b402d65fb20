package rules.guests.rollback_test

import data.rules.guests.rollback

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

_check := "test \"$(zfs list -H -d 1 -t snapshot -o name -s creation tank/g/vm-100-disk-0 | tail -n 1)\" = tank/g/vm-100-disk-0@clean || { echo 'A volume has no snapshot clean that it can be turned back to' >&2; exit 1; }"

test_a_virtual_machine_has_to_be_off if {
	unit := _unit("qemu", _scsi, "libvirt")
	split(unit.script, "\n") == [`test "$(virsh domstate vm100)" = "shut off"`, _check, "zfs rollback tank/g/vm-100-disk-0@clean", ""]
	unit.environment.LIBVIRT_DEFAULT_URI == "qemu:///system"
	other := _unit("qemu", _scsi, "incus")
	startswith(other.script, `test "$(incus list -f csv -c s name=vm100)" = STOPPED`)
	other.path == [{"_ref": ["config", "boot", "zfs", "package"]}, {"_ref": ["config", "virtualisation", "incus", "clientPackage"]}]
}

test_the_key_of_ceph_comes_along if {
	paths := [c.path | some c in rollback.carries with input as _host("qemu", _disk("scsi0", "file", "ceph:vm-100-disk-0")) with data.target as "libvirt"]
	paths == ["/etc/pve/priv/ceph/ceph.keyring"]
}

test_silent_on_a_container if {
	_unit("lxc", _root, "libvirt") == {}
}
