package lib.domaindisks_test

import data.lib.domaindisks

_drive(key, options) := {"key": key, "value": "x", "fields": [{"name": k, "value": v} | some k, v in object.union({"file": "/dev/sdb"}, options)]}

_host(config) := {"host": {"name": "a"}, "mappings": [], "packages": [], "guests": [{"vmid": 100, "type": "qemu", "local": true, "config": config}]}

_single := {"key": "scsihw", "value": "virtio-scsi-single", "fields": []}

test_threads_are_counted_in_the_order_of_pve if {
	domaindisks.threads[100] == {"scsi2": 1, "scsi10": 2, "virtio0": 3} with input as _host([_single, _drive("virtio0", {"iothread": "1"}), _drive("scsi10", {"iothread": "1"}), _drive("scsi2", {"iothread": "1"}), _drive("scsi3", {}), _drive("sata0", {"iothread": "1"})])
}

test_adapters_have_no_gaps if {
	domaindisks.adapters[100] == {2: {"name": "virtioscsi2", "index": 0}, 10: {"name": "virtioscsi10", "index": 1}} with input as _host([_single, _drive("scsi10", {}), _drive("scsi2", {})])
}

test_names_are_not_there_twice if {
	keys := ["scsi0", "scsi30", "sata0", "sata5", "ide0", "ide3"]
	names := {domaindisks.target(100, domaindisks.drives[100][key]) | some key in keys} with input as _host(array.concat([{"key": "machine", "value": "q35", "fields": [{"name": "type", "value": "q35"}]}], [_drive(key, {}) | some key in keys]))
	names == {"sda", "sdae", "sdaf", "sdak", "sdal", "sdao"}
}

test_a_cloud_init_drive_is_a_cd if {
	domaindisks.drives[100].ide2.cdrom with input as _host([{"key": "ide2", "value": "x", "fields": [{"name": "volume", "value": "local:100/vm-100-cloudinit.qcow2"}]}])
}

test_disks_of_an_lsi_have_a_number if {
	domaindisks.address(100, "scsi8", domaindisks.drives[100].scsi8) == {"type": "drive", "controller": "0", "bus": "0", "target": "0", "unit": "1"} with input as _host([_drive("scsi8", {})])
}

test_sata_of_a_q35_is_beside_that_of_the_chipset if {
	domaindisks.address(100, "sata1", domaindisks.drives[100].sata1).controller == "1" with input as _host([{"key": "machine", "value": "q35", "fields": [{"name": "type", "value": "q35"}]}, _drive("sata1", {})])
}
