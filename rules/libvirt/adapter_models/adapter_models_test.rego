package rules.libvirt.adapter_models_test

import data.rules.libvirt.adapter_models

_host(config) := {"host": {"name": "a"}, "mappings": [], "packages": [], "guests": [{"vmid": 100, "type": "qemu", "local": true, "config": config}]}

_catalog := {"libvirt_scsi_models": {"virtio-scsi-pci": {"model": "virtio-scsi"}}}

_config(hw) := [{"key": "scsihw", "value": hw, "fields": []}, {"key": "scsi0", "value": "x", "fields": [{"name": "file", "value": "/dev/sdb"}]}]

test_fires_on_an_adapter_of_vmware if {
	adapter_models.findings == {{"at": ["/guests/0/config/0"], "vars": {"vmid": 100, "name": "unnamed", "model": "pvscsi"}}} with input as _host(_config("pvscsi")) with data.catalog as _catalog
}

test_silent_on_virtio if {
	count(adapter_models.findings) == 0 with input as _host(_config("virtio-scsi-pci")) with data.catalog as _catalog
}

test_silent_without_disks if {
	count(adapter_models.findings) == 0 with input as _host([{"key": "scsihw", "value": "pvscsi", "fields": []}]) with data.catalog as _catalog
}
