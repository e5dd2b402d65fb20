package rules.libvirt.adapters_test

import data.rules.libvirt.adapters

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

_catalog := {"libvirt_slots": {"virtioscsi1": {"bus": 3, "slot": 2}, "scsihw0": {"bus": 0, "slot": 5}, "ahci0": {"bus": 0, "slot": 7}}, "libvirt_scsi_models": {"virtio-scsi-single": {"model": "virtio-scsi"}, "lsi": {"model": "lsilogic"}}}

test_each_disk_has_its_adapter if {
	adapters.parts == {{"at": ["/guests/0/config/0", "/guests/0/config/1"], "document": ["domains", "100"], "path": ["devices", "controllers", "virtioscsi1"], "value": {
		"type": "scsi", "index": 0, "model": "virtio-scsi", "alias": {"name": "ua-virtioscsi1"}, "driver": {"iothread": 1, "queues": 4},
		"address": {"type": "pci", "domain": "0x0000", "bus": "0x03", "slot": "0x02", "function": "0x0"},
	}}} with input as _host([{"key": "scsihw", "value": "virtio-scsi-single", "fields": []}, _drive("scsi1", "local:100/a.raw", {"iothread": "1", "queues": "4"})]) with data.catalog as _catalog
}

test_seven_disks_share_an_lsi if {
	{p.path[2]: p.value.index | some p in adapters.parts} == {"scsihw0": 0, "scsihw2": 1} with input as _host([_drive("scsi0", "local:100/a.raw", {}), _drive("scsi6", "local:100/b.raw", {}), _drive("scsi14", "local:100/c.raw", {})]) with data.catalog as _catalog
}

test_threads_of_shared_adapters_do_not_count if {
	{p.value.driver | some p in adapters.parts} == set() with input as _host([_drive("scsi0", "local:100/a.raw", {"iothread": "1"})]) with data.catalog as _catalog
}

test_an_unknown_adapter_is_an_lsi if {
	{p.value.model | some p in adapters.parts} == {"lsilogic"} with input as _host([{"key": "scsihw", "value": "pvscsi", "fields": []}, _drive("scsi0", "local:100/a.raw", {})]) with data.catalog as _catalog
}

test_sata_hangs_on_ahci if {
	{[p.path[2], p.value.index, p.value.address.slot] | some p in adapters.parts} == {["ahci0", 0, "0x07"]} with input as _host([_drive("sata0", "local:100/a.raw", {})]) with data.catalog as _catalog
}

test_no_disks_no_adapters if {
	count(adapters.parts) == 0 with input as _host([{"key": "scsihw", "value": "virtio-scsi-single", "fields": []}, _drive("virtio0", "local:100/a.raw", {})]) with data.catalog as _catalog
}
