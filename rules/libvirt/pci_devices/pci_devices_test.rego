package rules.libvirt.pci_devices_test

import data.rules.libvirt.pci_devices

_device(key, options) := {"key": key, "value": "x", "fields": [{"name": k, "value": v} | some k, v in options]}

_map(id, path) := {"type": "pci", "id": id, "properties": [{"key": "map", "value": "x", "fields": [{"name": "node", "value": "a"}, {"name": "path", "value": path}]}]}

_host(config) := {
	"host": {"name": "a"}, "packages": [],
	"mappings": [_map("gpu", "0000:01:00"), {"type": "pci", "id": "nics", "properties": [{"key": "map", "value": "x", "fields": [{"name": "node", "value": "a"}, {"name": "path", "value": path}]} | some path in ["0000:07:00.1", "0000:07:00.0"]]}],
	"hardware": {"pci": [{"address": "0000:01:00.0"}, {"address": "0000:01:00.1"}]},
	"guests": [{"vmid": 100, "type": "qemu", "local": true, "config": config}],
}

_q35 := {"key": "machine", "value": "q35", "fields": [{"name": "type", "value": "q35"}]}

_catalog := {"libvirt_slots": {"hostpci0": {"bus": 0, "slot": 16}, "hostpci1": {"bus": 0, "slot": 17}, "hostpci5": {"bus": 2, "slot": 14}}}

_values(config) := values if {
	parts := pci_devices.parts with input as _host(config) with data.catalog as _catalog
	values := {p.path[2]: p.value | some p in parts}
}

test_a_device_by_address if {
	pci_devices.parts == {{"at": ["/guests/0/config/0"], "document": ["domains", "100"], "path": ["devices", "hostdevs", "hostpci0"], "value": {
		"mode": "subsystem", "type": "pci", "managed": true, "driver": {"name": "vfio"},
		"source": {"address": {"domain": "0x0000", "bus": "0x03", "slot": "0x00", "function": "0x1"}},
		"alias": {"name": "ua-hostpci0"}, "rom": {"bar": false},
		"address": {"type": "pci", "domain": "0x0000", "bus": "0x00", "slot": "0x10", "function": "0x0"},
	}}} with input as _host([_device("hostpci0", {"host": "03:00.1", "rombar": "0"})]) with data.catalog as _catalog
	pci_devices.findings == {{"at": ["/guests/0/config/0"], "vars": {"vmid": 100, "name": "unnamed", "devices": "03:00.1"}}} with input as _host([_device("hostpci0", {"host": "03:00.1", "rombar": "0"})]) with data.catalog as _catalog
}

test_a_whole_card_is_all_its_functions if {
	values := _values([_q35, _device("hostpci0", {"mapping": "gpu", "pcie": "1", "romfile": "gpu.rom"})])
	values.hostpci0.address == {"type": "pci", "domain": "0x0000", "bus": "0x01", "slot": "0x00", "function": "0x0", "multifunction": true}
	values.hostpci0.rom == {"file": "/var/lib/libvirt/roms/gpu.rom"}
	values["hostpci0-1"].source.address.function == "0x1"
	values["hostpci0-1"].address.function == "0x1"
	pci_devices.carries == {{"at": ["/guests/0/config/1"], "path": "/usr/share/kvm/gpu.rom", "to": "/var/lib/libvirt/roms/gpu.rom", "mode": "0644", "secret": false}} with input as _host([_q35, _device("hostpci0", {"mapping": "gpu", "pcie": "1", "romfile": "gpu.rom"})]) with data.catalog as _catalog
}

test_functions_on_the_old_bus if {
	_values([_device("hostpci0", {"host": "01:00"})])["hostpci0-1"].address == {"type": "pci", "domain": "0x0000", "bus": "0x00", "slot": "0x10", "function": "0x1"}
}

test_devices_of_one_mapping_are_taken_in_turn if {
	values := _values([_device("hostpci0", {"mapping": "nics"}), _device("hostpci1", {"mapping": "nics"})])
	values.hostpci0.source.address.function == "0x0"
	values.hostpci1.source.address.function == "0x1"
}

test_later_ports_are_left_to_libvirt if {
	not _values([_q35, _device("hostpci5", {"host": "03:00.0", "pcie": "1"})]).hostpci5.address
}

test_a_slice_is_named_as_pve_names_it if {
	_values([_device("hostpci1", {"host": "0000:03:00.0", "mdev": "nvidia-46"})]).hostpci1.source == {"address": {"uuid": "00000001-0000-0000-0000-000000000100"}}
}

test_a_mapping_of_another_node_is_no_device if {
	_values([_device("hostpci0", {"mapping": "elsewhere"})]) == {}
	count(pci_devices.findings) == 0 with input as _host([_device("hostpci0", {"mapping": "elsewhere"})]) with data.catalog as _catalog
}

test_a_machine_without_devices_is_silent if {
	count(pci_devices.findings) == 0 with input as _host([_q35]) with data.catalog as _catalog
	count(pci_devices.parts) == 0 with input as _host([_q35]) with data.catalog as _catalog
}

test_a_line_without_a_device_is_left_out if {
	count(pci_devices.findings) == 0 with input as _host([_device("hostpci0", {"pcie": "1"})]) with data.catalog as _catalog
}

test_arm_has_no_slots if {
	not _values([{"key": "arch", "value": "aarch64", "fields": []}, _device("hostpci0", {"host": "03:00.0"})]).hostpci0.address
}
