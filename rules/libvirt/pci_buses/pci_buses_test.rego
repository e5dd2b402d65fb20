package rules.libvirt.pci_buses_test

import data.rules.libvirt.pci_buses

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

_models(config) := models if {
	parts := pci_buses.parts with input as _host(config)
	models := {p.value.index: [p.value.model, p.value.address.bus, p.value.address.slot] | some p in parts; p.value.type == "pci"}
}

test_an_i440fx_has_two_bridges if {
	_models([]) == {1: ["pci-bridge", "0x00", "0x1e"], 2: ["pci-bridge", "0x00", "0x1f"]}
}

test_single_adapters_have_a_bridge if {
	_models([{"key": "scsihw", "value": "virtio-scsi-single", "fields": []}, _drive("scsi0", "local:100/a.raw", {})])[3] == ["pci-bridge", "0x00", "0x05"]
}

test_the_third_adapter_has_a_bridge if {
	_models([_drive("scsi0", "local:100/a.raw", {}), _drive("scsi7", "local:100/b.raw", {}), _drive("scsi14", "local:100/c.raw", {})])[4] == ["pci-bridge", "0x01", "0x1c"]
}

test_a_q35_has_its_ports_and_bridges if {
	models := _models([{"key": "machine", "value": "q35", "fields": [{"name": "type", "value": "q35"}]}])
	models[1] == ["pcie-root-port", "0x00", "0x1c"]
	models[5] == ["dmi-to-pci-bridge", "0x00", "0x1e"]
	models[9] == ["pci-bridge", "0x05", "0x04"]
	count(models) == 9
}

test_arm_is_left_to_libvirt if {
	_models([{"key": "arch", "value": "aarch64", "fields": []}]) == {}
}

test_a_q35_has_ehci_with_companions if {
	parts := pci_buses.parts with input as _host([{"key": "machine", "value": "q35", "fields": [{"name": "type", "value": "q35"}]}])
	{[p.value.model, p.value.address.slot, p.value.address.function] | some p in parts; p.value.type == "usb"} == {["ich9-ehci1", "0x1d", "0x7"], ["ich9-uhci1", "0x1d", "0x0"], ["ich9-uhci2", "0x1d", "0x1"], ["ich9-uhci3", "0x1d", "0x2"]}
}

test_an_i440fx_has_the_usb_of_its_chipset if {
	parts := pci_buses.parts with input as _host([])
	{p.value.type | some p in parts} == {"pci"}
}
