package lib.incus_test

import data.lib.incus

_property(key, value) := {"key": key, "value": value}

_storage(id, type, properties) := {"id": id, "type": type, "properties": [_property(k, v) | some k, v in properties]}

_storages := [
	_storage("tank", "zfspool", {"pool": "tank/guests"}),
	_storage("mounted", "zfspool", {"pool": "tank/guests", "mountpoint": "/srv/guests"}),
	_storage("thin", "lvmthin", {"vgname": "pve", "thinpool": "data"}),
	_storage("ceph", "rbd", {}),
	_storage("san", "iscsi", {}),
	_storage("local", "dir", {"path": "/var/lib/vz"}),
	_storage("moved", "dir", {"path": "/srv/a", "content-dirs": "images=x"}),
	_storage("evil", "dir", {"path": "/srv/../etc"}),
	_storage("nas", "nfs", {"server": "192.0.2.1"}),
	_storage("butter", "btrfs", {"path": "/srv/b"}),
	_storage("pbs", "pbs", {"server": "192.0.2.2"}),
]

_place(volume) := place if place := incus.place(volume) with input as {
	"host": {"name": "pve"},
	"storage": {"storages": _storages},
	"guests": [{"vmid": 100, "type": "qemu", "local": true, "config": [{"key": "scsi0", "value": "x", "fields": [{"name": "file", "value": volume}]}]}],
}

test_where_volumes_are if {
	_place("tank:vm-100-disk-0") == {"kind": "block", "path": "/dev/zvol/tank/guests/vm-100-disk-0"}
	_place("tank:base-9-disk-0/vm-100-disk-0") == {"kind": "block", "path": "/dev/zvol/tank/guests/vm-100-disk-0"}
	_place("tank:subvol-100-disk-0") == {"kind": "directory", "path": "/tank/guests/subvol-100-disk-0"}
	_place("mounted:subvol-100-disk-0") == {"kind": "directory", "path": "/srv/guests/subvol-100-disk-0"}
	_place("thin:vm-100-disk-0") == {"kind": "block", "path": "/dev/pve/vm-100-disk-0"}
	_place("ceph:vm-100-disk-0") == {"kind": "rbd", "path": "/dev/rbd/rbd/vm-100-disk-0"}
	_place("san:0.0.1.scsi-36001405") == {"kind": "block", "path": "/dev/disk/by-id/scsi-36001405"}
	_place("local:100/vm-100-disk-0.raw") == {"kind": "file", "path": "/var/lib/vz/images/100/vm-100-disk-0.raw"}
	_place("local:9/base-9-disk-0.qcow2/100/vm-100-disk-0.qcow2") == {"kind": "convert", "path": "/var/lib/vz/images/100/vm-100-disk-0.qcow2.raw", "from": "/var/lib/vz/images/100/vm-100-disk-0.qcow2"}
	_place("local:100/vm-100-disk-0.subvol") == {"kind": "directory", "path": "/var/lib/vz/images/100/vm-100-disk-0.subvol"}
	_place("nas:iso/a.iso") == {"kind": "file", "path": "/mnt/pve/nas/template/iso/a.iso"}
	_place("butter:100/vm-100-disk-0.raw") == {"kind": "file", "path": "/srv/b/images/100/vm-100-disk-0/disk.raw"}
	_place("/dev/sdb") == {"kind": "block", "path": "/dev/sdb"}
	_place("/srv/media") == {"kind": "directory", "path": "/srv/media"}
	_place("/srv/a.iso") == {"kind": "file", "path": "/srv/a.iso"}
}

test_what_is_nowhere if {
	every volume in ["gone:vm-100-disk-0", "moved:100/vm-100-disk-0.raw", "evil:100/vm-100-disk-0.raw", "tank:../../etc/shadow", "tank:a b", "local:disk.raw", "pbs:vm-100", "thin:vm-100-disk-0.qcow2", "/srv/../etc", "/srv/a b", "/srv/a.qcow2", "none"] {
		not _place(volume)
	}
}

_named(names) := found if found := {vmid: incus.name(vmid) | some vmid, _ in incus.instances} with input as {"guests": [{"vmid": 100 + i, "type": ["qemu", "lxc"][i % 2], "local": true, "config": [_property(["name", "hostname"][i % 2], name)]} | some i, name in names]}

test_names_that_incus_takes if {
	_named(["web", "db.example.net", "web", "-x", "101", "ct9", "a_b", "WEB", "3cx"]) == {100: "vm100", 101: "db", 102: "vm102", 103: "ct103", 104: "vm104", 105: "ct105", 106: "vm106", 107: "ct107", 108: "3cx"}
}

test_sizes if {
	incus.size("32G") == "32GiB"
	incus.size("528") == "528B"
	not incus.size("0G")
	not incus.size("1G; x")
}

test_pools_beside_those_of_pve if {
	incus.pools == {"mounted": "tank/incus-mounted", "tank": "tank/incus-tank"} with input as {"host": {"name": "pve"}, "storage": {"storages": array.concat(_storages, [_storage("default", "zfspool", {"pool": "x"}), _storage("odd", "zfspool", {"pool": "a b"})])}}
}
