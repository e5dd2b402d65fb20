package lib.images_test

import data.lib.images

_storage(id, type, properties) := {"id": id, "type": type, "properties": [{"key": k, "value": v, "fields": []} | some k, v in properties]}

_host := {"storage": {"storages": [
	_storage("local", "dir", {"path": "/var/lib/vz", "content-dirs": "images=disks,iso=cds"}),
	_storage("nas", "nfs", {"server": "192.0.2.1"}),
	_storage("btr", "btrfs", {"path": "/srv/b"}),
	_storage("thin", "lvmthin", {"vgname": "pve", "thinpool": "data"}),
	_storage("tank", "zfspool", {"pool": "tank/guests"}),
	_storage("ceph", "rbd", {}),
	_storage("far", "rbd", {"pool": "vm", "namespace": "pve", "monhost": "192.0.2.1;[2001:db8::1]:6789, mon.example.net", "username": "pve"}),
	_storage("evil", "rbd", {"pool": "a b"}),
	_storage("luns", "iscsi", {"portal": "192.0.2.1", "target": "iqn.2001-05.com.example:a"}),
	_storage("direct", "iscsidirect", {"portal": "192.0.2.1:3261", "target": "iqn.2001-05.com.example:a"}),
	_storage("other", "zfs", {"pool": "tank"}),
	_storage("hostile", "dir", {"path": "/srv/../etc"}),
]}}

_source(volume) := source if {
	source := images.of(volume).source with input as _host
}

test_folders if {
	_source("local:100/vm-100-disk-0.qcow2") == {"file": "/var/lib/vz/disks/100/vm-100-disk-0.qcow2"}
	_source("local:900/base-900-disk-0.qcow2/100/vm-100-disk-0.qcow2") == {"file": "/var/lib/vz/disks/100/vm-100-disk-0.qcow2"}
	_source("local:iso/a.iso") == {"file": "/var/lib/vz/cds/a.iso"}
	_source("nas:100/vm-100-disk-0.raw") == {"file": "/mnt/pve/nas/images/100/vm-100-disk-0.raw"}
	_source("nas:snippets/a.yaml") == {"file": "/mnt/pve/nas/snippets/a.yaml"}
	_source("btr:100/vm-100-disk-0.raw") == {"file": "/srv/b/images/100/vm-100-disk-0/disk.raw"}
}

test_volumes if {
	_source("thin:base-900-disk-0/vm-100-disk-0") == {"dev": "/dev/pve/vm-100-disk-0"}
	_source("tank:vm-100-disk-0") == {"dev": "/dev/zvol/tank/guests/vm-100-disk-0"}
	_source("luns:0.0.1.scsi-36001405a") == {"dev": "/dev/disk/by-id/scsi-36001405a"}
}

test_images_over_the_network if {
	_source("ceph:vm-100-disk-0") == {"protocol": "rbd", "name": "rbd/vm-100-disk-0", "config": {"file": "/etc/ceph/ceph.conf"}, "auth": {"username": "admin", "secret": {"type": "ceph", "usage": "pve-storage-ceph"}}}
	_source("far:vm-100-disk-0") == {
		"protocol": "rbd", "name": "vm/pve/vm-100-disk-0",
		"host": [{"name": "192.0.2.1", "port": 3300}, {"name": "2001:db8::1", "port": 6789}, {"name": "mon.example.net", "port": 3300}],
		"auth": {"username": "pve", "secret": {"type": "ceph", "usage": "pve-storage-far"}},
	}
	_source("direct:lun5") == {"protocol": "iscsi", "name": "iqn.2001-05.com.example:a/5", "host": [{"name": "192.0.2.1", "port": 3261}]}
	named := images.of("direct:lun5") with input as object.union(_host, {"storage": {"iscsi": {"initiator_name": "iqn.1993-08.org.debian:01:abc"}}})
	named.source.initiator == {"iqn": {"name": "iqn.1993-08.org.debian:01:abc"}}
}

test_paths if {
	_source("/dev/disk/by-id/ata-1") == {"dev": "/dev/disk/by-id/ata-1"}
	_source("/srv/a.raw") == {"file": "/srv/a.raw"}
	_source("cdrom") == {"dev": "/dev/cdrom"}
}

test_formats if {
	images.format("vm-100-disk-0.vmdk") == "vmdk"
	images.format("vm-100-disk-0") == "raw"
	images.format("qcow2") == "raw"
}

test_what_has_no_name if {
	not _source("other:vm-100-disk-0")
	not _source("gone:vm-100-disk-0")
	not _source("evil:vm-100-disk-0")
	not _source("hostile:100/vm-100-disk-0.raw")
	not _source("local:100/a'b.raw")
	not _source("local:../etc/shadow")
	not _source("thin:a b")
}
