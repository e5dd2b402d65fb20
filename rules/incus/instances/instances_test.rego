package rules.incus.instances_test

import data.rules.incus.instances

_vm := {"vmid": 100, "type": "qemu", "local": true, "config": [
	{"key": "name", "value": "web.example.net"},
	{"key": "arch", "value": "aarch64"},
	{"key": "tags", "value": "a;${b}"},
	{"key": "protection", "value": "1"},
	{"key": "smbios1", "value": "x", "fields": [{"name": "uuid", "value": "564D2F1A-9E0B-33B1-6C44-8A1F03C4E771"}]},
	{"key": "vmgenid", "value": "10410410-0000-4000-8000-000000000002"},
	{"key": "scsi0", "value": "x", "fields": [{"name": "file", "value": "tank:vm-100-disk-0"}]},
]}

_ct := {"vmid": 200, "type": "lxc", "local": true, "config": [
	{"key": "hostname", "value": "dns"},
	{"key": "rootfs", "value": "x", "fields": [{"name": "volume", "value": "tank:subvol-200-disk-0"}, {"name": "size", "value": "8G"}]},
	{"key": "description", "value": "notes"},
	{"key": "protection", "value": "0"},
]}

_storage := {"storages": [{"id": "tank", "type": "zfspool", "properties": [{"key": "pool", "value": "tank/guests"}]}]}

_tree(guests, vmid) := {concat("/", p.path): p.value | some p in set; p.document == ["instances", vmid]} if {
	set := instances.parts with input as {"host": {"name": "pve"}, "storage": _storage, "guests": guests}
}

test_a_virtual_machine if {
	_tree([_vm], "100") == {
		"name": "web",
		"type": "virtual-machine",
		"architecture": "aarch64",
		"source": {"type": "none"},
		"profiles": [],
		"config/user.pve.vmid": "100",
		"config/user.pve.tags": "a;${b}",
		"config/security.protection.delete": "true",
		"config/volatile.uuid": "564d2f1a-9e0b-33b1-6c44-8a1f03c4e771",
		"config/volatile.uuid.generation": "10410410-0000-4000-8000-000000000002",
		"devices/root": {"type": "disk", "path": "/", "pool": "default", "size": "16MiB", "io.bus": "virtio-blk"},
	}
}

test_the_empty_disk_takes_no_turn_of_a_virtio_disk if {
	guest := object.union(_vm, {"config": [{"key": "virtio0", "value": "x", "fields": [{"name": "file", "value": "tank:vm-100-disk-0"}]}]})
	_tree([guest], "100")["devices/root"]["io.bus"] == "nvme"
}

test_a_container if {
	_tree([_ct], "200") == {
		"name": "dns",
		"type": "container",
		"description": "notes",
		"source": {"type": "image", "alias": "pve-200"},
		"profiles": [],
		"config/user.pve.vmid": "200",
		"config/security.protection.delete": "false",
		"devices/root": {"type": "disk", "path": "/", "pool": "tank", "size": "8GiB"},
	}
}

test_a_root_without_a_size if {
	guest := object.union(_ct, {"config": [{"key": "rootfs", "value": "x", "fields": [{"name": "volume", "value": "gone:subvol-200-disk-0"}]}]})
	_tree([guest], "200")["devices/root"] == {"type": "disk", "path": "/", "pool": "default"}
}

test_a_container_whose_root_is_not_told_has_one if {
	_tree([object.union(_ct, {"config": [{"key": "memory", "value": "512"}]})], "200")["devices/root"] == {"type": "disk", "path": "/", "pool": "default"}
}

test_templates_and_guests_of_other_nodes_are_none if {
	_tree([object.union(_vm, {"config": [{"key": "template", "value": "1"}]}), object.union(_ct, {"local": false})], "100") == {}
}

test_what_is_no_uuid_is_left_out if {
	guest := object.union(_vm, {"config": [
		{"key": "smbios1", "value": "x", "fields": [{"name": "uuid", "value": "x\n"}]},
		{"key": "vmgenid", "value": "00000000-0000-0000-0000-000000000000"},
	]})
	object.keys(_tree([guest], "100")) == {"name", "type", "source", "profiles", "config/user.pve.vmid", "devices/root"}
}

_called(names) := {"guests": [{"vmid": 100 + i, "type": "qemu", "local": true, "config": [{"key": "name", "value": name}]} | some i, name in names]}

test_names_that_incus_does_not_take if {
	instances.findings == {{"at": ["/guests/0", "/guests/1", "/guests/2", "/guests/3"], "vars": {"names": "100 is vm100, 101 is vm101, 102 is mail, 103 is vm103"}}} with input as _called(["web", "web", "mail.example.net", "under_score", "ok"])
}

test_silent_for_names_that_stay if {
	count(instances.findings) == 0 with input as _called(["web", "db-1"])
}

test_a_guest_without_a_name_keeps_its_number if {
	count(instances.findings) == 0 with input as {"guests": []}
}
