package rules.incus.foreign_disks_test

import data.rules.incus.foreign_disks

_storages := {"storages": [
	{"id": "tank", "type": "zfspool", "properties": [{"key": "pool", "value": "tank/guests"}]},
	{"id": "local", "type": "dir", "properties": [{"key": "path", "value": "/var/lib/vz"}]},
	{"id": "ceph", "type": "rbd", "properties": [{"key": "pool", "value": "vm"}]},
]}

_host(disks) := {
	"host": {"name": "pve"},
	"storage": _storages,
	"guests": [{"vmid": 100, "type": "qemu", "local": true, "config": [{"key": key, "value": "x", "fields": [{"name": name, "value": value} | some name, value in fields]} | some key, fields in disks]}],
}

_devices(host) := {p.path[1]: object.union_n([q.value | some q in set; q.path == p.path]) | some p in set} if set := foreign_disks.parts with input as host

test_disks_stay_where_they_are if {
	_devices(_host({
		"scsi0": {"file": "tank:base-9-disk-0/vm-100-disk-0", "cache": "writeback", "mbps_rd": "1.5", "iops_wr": "300", "ro": "1"},
		"virtio1": {"file": "local:100/vm-100-disk-1.qcow2", "cache": "none"},
		"sata0": {"file": "ceph:vm-100-disk-2"},
	})) == {
		"scsi0": {"type": "disk", "source": "/dev/zvol/tank/guests/vm-100-disk-0", "io.bus": "virtio-scsi", "io.cache": "writeback", "limits.read": "1572864B", "limits.write": "300iops", "readonly": "true"},
		"virtio1": {"type": "disk", "source": "/var/lib/vz/images/100/vm-100-disk-1.qcow2.raw", "io.bus": "virtio-blk"},
		"sata0": {"type": "disk", "source": "/dev/rbd/vm/vm-100-disk-2", "io.bus": "nvme", "io.cache": "none", "boot.priority": "100"},
	}
}

test_the_order_of_starts if {
	host := object.union(_host({}), {"guests": [{"vmid": 100, "type": "qemu", "local": true, "config": [
		{"key": "boot", "value": "order=scsi1;net0;scsi0", "fields": [{"name": "order", "value": "scsi1;net0;scsi0"}]},
		{"key": "scsi0", "value": "x", "fields": [{"name": "file", "value": "tank:vm-100-disk-0"}]},
		{"key": "scsi1", "value": "x", "fields": [{"name": "file", "value": "tank:vm-100-disk-1"}]},
	]}]})
	found := _devices(host)
	found.scsi1["boot.priority"] == "100"
	found.scsi0["boot.priority"] == "98"
}

test_the_old_form_of_the_order if {
	host := object.union(_host({}), {"guests": [{"vmid": 100, "type": "qemu", "local": true, "config": [
		{"key": "boot", "value": "cdn", "fields": [{"name": "legacy", "value": "cdn"}]},
		{"key": "bootdisk", "value": "virtio0"},
		{"key": "virtio0", "value": "x", "fields": [{"name": "file", "value": "tank:vm-100-disk-0"}]},
		{"key": "virtio1", "value": "x", "fields": [{"name": "file", "value": "tank:vm-100-disk-1"}]},
	]}]})
	set := foreign_disks.parts with input as host
	{p.at[0] | some p in set; p.path == ["devices", "virtio0"]} == {"/guests/0/config/0", "/guests/0/config/1", "/guests/0/config/2"}
	_devices(host).virtio0["boot.priority"] == "100"
}

test_says_how_many if {
	foreign_disks.findings == {{"at": ["/guests/0/config/0"], "vars": {"disks": 1}}} with input as _host({"scsi0": {"file": "tank:vm-100-disk-0"}})
}

test_silent_for_disks_that_nobody_finds if {
	host := _host({"scsi0": {"file": "gone:vm-100-disk-0"}, "scsi1": {"file": "tank:../../etc/shadow"}, "scsi2": {"file": "tank:a\nb"}})
	count(foreign_disks.findings) == 0 with input as host
	count(foreign_disks.parts) == 0 with input as host
}
