package rules.libvirt.disks_test

import data.rules.libvirt.disks

_storage(id, type, properties) := {"id": id, "type": type, "properties": [{"key": k, "value": v, "fields": []} | some k, v in properties]}

_drive(key, volume, options) := {"key": key, "value": volume, "fields": array.concat([{"name": "file", "value": volume}], [{"name": k, "value": v} | some k, v in options])}

_host(config) := {
	"host": {"name": "a"}, "mappings": [], "packages": [{"name": "pve-qemu-kvm", "status": "installed", "version": "10.1.2-3"}],
	"storage": {"storages": [
		_storage("local", "dir", {"path": "/var/lib/vz"}),
		_storage("lvm", "lvm", {"vgname": "group"}),
		_storage("btr", "btrfs", {"path": "/srv/b"}),
		_storage("ceph", "rbd", {"pool": "vm", "monhost": "192.0.2.1"}),
		_storage("iscsi", "zfs", {"pool": "tank"}),
	]},
	"guests": [{"vmid": 100, "type": "qemu", "local": true, "config": config}],
}

_catalog := {"libvirt_slots": {"virtio0": {"bus": 0, "slot": 10}}, "libvirt_limits": {"mbps_rd": {"name": "read_bytes_sec", "factor": 1048576}}}

_part(key, config) := value if {
	some p in disks.parts with input as _host(config) with data.catalog as _catalog
	p.path == ["devices", "disks", key]
	value := p.value
}

test_a_disk_of_virtio_scsi if {
	config := [{"key": "scsihw", "value": "virtio-scsi-single", "fields": []}, _drive("scsi1", "local:100/vm-100-disk-0.qcow2", {"discard": "on", "iothread": "1", "ssd": "1", "mbps_rd": "10"})]
	disks.parts == {
		{"at": ["/guests/0/config/1"], "document": ["domains", "100"], "path": ["iothreads"], "value": 1},
		{"at": ["/guests/0/config/1"], "document": ["domains", "100"], "path": ["devices", "disks", "scsi1"], "value": {
			"type": "file", "device": "disk",
			"driver": {"name": "qemu", "type": "qcow2", "cache": "none", "io": "io_uring", "discard": "unmap", "detect_zeroes": "unmap"},
			"source": {"file": "/var/lib/vz/images/100/vm-100-disk-0.qcow2"},
			"target": {"dev": "sdb", "bus": "scsi", "rotation_rate": 1},
			"serial": "drive-scsi1",
			"alias": {"name": "ua-scsi1"},
			"address": {"type": "drive", "controller": "0", "bus": "0", "target": "0", "unit": "1"},
			"iotune": {"read_bytes_sec": 10485760},
		}},
	} with input as _host(config) with data.catalog as _catalog
}

test_a_disk_of_virtio_has_its_slot_and_thread if {
	disk := _part("virtio0", [_drive("virtio0", "lvm:vm-100-disk-0", {"iothread": "1", "cache": "writethrough", "serial": "A1", "ro": "1", "werror": "enospc", "rerror": "stop"})])
	disk.driver == {"name": "qemu", "type": "raw", "cache": "writethrough", "io": "threads", "detect_zeroes": "on", "iothread": 1, "error_policy": "enospace", "rerror_policy": "stop"}
	disk.address == {"type": "pci", "domain": "0x0000", "bus": "0x00", "slot": "0x0a", "function": "0x0"}
	disk.serial == "A1"
	disk.readonly
}

test_lvm_without_cache_is_native if {
	_part("virtio0", [_drive("virtio0", "lvm:vm-100-disk-0", {})]).driver.io == "native"
}

test_btrfs_is_cached if {
	_part("sata0", [_drive("sata0", "btr:100/vm-100-disk-0.raw", {})]).driver.cache == "writeback"
}

test_an_empty_drive_has_no_source if {
	_part("ide2", [_drive("ide2", "none", {"media": "cdrom"})]) == {"type": "file", "device": "cdrom", "driver": {"name": "qemu", "type": "raw"}, "target": {"dev": "hdc", "bus": "ide"}, "readonly": true, "alias": {"name": "ua-ide2"}, "address": {"type": "drive", "controller": "0", "bus": "1", "target": "0", "unit": "0"}}
}

test_q35_has_no_ide if {
	disk := _part("ide3", [{"key": "machine", "value": "q35", "fields": [{"name": "type", "value": "q35"}]}, _drive("ide3", "local:iso/a.iso", {"media": "cdrom"})])
	disk.target == {"dev": "sdao", "bus": "sata"}
	disk.address.unit == "3"
	disk.driver == {"name": "qemu", "type": "raw", "io": "io_uring"}
}

test_a_whole_disk_by_path if {
	disk := _part("scsi0", [_drive("scsi0", "/dev/sdb", {"scsiblock": "1", "detect_zeroes": "0", "aio": "threads", "wwn": "0x5000C50015EA71AC", "vendor": "ACME", "product": "Disk"})])
	disk.device == "lun"
	disk.type == "block"
	disk.driver.detect_zeroes == "off"
	disk.driver.io == "threads"
	disk.wwn == "5000c50015ea71ac"
	disk.vendor == "ACME"
	disk.product == "Disk"
}

test_images_of_ceph_have_no_io if {
	not _part("scsi0", [_drive("scsi0", "ceph:vm-100-disk-0", {})]).driver.io
}

test_what_libvirt_cannot_name_is_no_disk if {
	count(disks.parts) == 0 with input as _host([_drive("scsi0", "iscsi:vm-100-disk-0", {})]) with data.catalog as _catalog
}
