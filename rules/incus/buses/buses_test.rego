package rules.incus.buses_test

import data.rules.incus.buses

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

test_disks_on_controllers_that_incus_has_not if {
	host := _host({"ide0": {"file": "tank:vm-100-disk-0"}, "sata5": {"file": "tank:vm-100-disk-1"}})
	buses.findings == {{"at": ["/guests/0/config/0", "/guests/0/config/1"], "vars": {"disks": "100 ide0, 100 sata5"}}} with input as host
}

test_silent_for_media_and_virtio if {
	count(buses.findings) == 0 with input as _host({"ide2": {"file": "tank:iso/a.iso", "media": "cdrom"}, "virtio0": {"file": "tank:vm-100-disk-0"}, "ide0": {"file": "tank:vm-100-cloudinit"}})
}
