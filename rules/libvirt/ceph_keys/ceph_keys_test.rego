package rules.libvirt.ceph_keys_test

import data.rules.libvirt.ceph_keys

_host(type) := {
	"host": {"name": "a"}, "packages": [], "mappings": [],
	"network": {"interfaces": [], "links": []},
	"storage": {"storages": [{"id": "ceph-vm", "type": type, "properties": [{"key": "pool", "value": "vm", "fields": []}, {"key": "vgname", "value": "vm", "fields": []}]}]},
	"guests": [{"vmid": 100, "type": "qemu", "local": true, "config": [{"key": "scsi0", "value": "x", "fields": [{"name": "file", "value": "ceph-vm:vm-100-disk-0"}]}]}],
}

test_fires_on_an_image_of_ceph if {
	ceph_keys.findings == {{"at": ["/guests/0/config/0", "/storage/storages/0"], "vars": {"storage": "ceph-vm", "client": "admin", "usage": "pve-storage-ceph-vm", "vmids": "100"}}} with input as _host("rbd")
}

test_a_unit_hands_the_key_to_libvirt if {
	ceph_keys.carries == {{"at": ["/storage/storages/0"], "path": "/etc/pve/priv/ceph/ceph-vm.keyring", "to": "/var/lib/pve2nix/etc/pve/priv/ceph/ceph-vm.keyring", "mode": "0600", "secret": true}} with input as _host("rbd")
	parts := {concat(".", p.path): p.value | some p in ceph_keys.parts; p.document == ["keys", "ceph-vm"]} with input as _host("rbd")
	parts.usage == {"type": "ceph", "name": "pve-storage-ceph-vm"}
	parts.private == true
	settings := {concat(" ", s.option): s.value | some s in ceph_keys.settings} with input as _host("rbd")
	settings["systemd services libvirt-key-ceph-vm environment DEFINITION"] == {"_path": "./keys/ceph-vm.xml"}
	settings["systemd services libvirt-key-ceph-vm script"] == concat("\n", [
		`virsh secret-define "$DEFINITION"`,
		`sed -n '/^\[client\.admin\]/,/^\[/s/^[[:space:]]*key[[:space:]]*=[[:space:]]*//p' /var/lib/pve2nix/etc/pve/priv/ceph/ceph-vm.keyring |`,
		sprintf("  virsh secret-set-value %s --file /dev/stdin\n", [parts.uuid]),
	])
}

test_silent_on_a_volume_group if {
	count((((ceph_keys.findings | ceph_keys.carries) | ceph_keys.parts) | ceph_keys.settings)) == 0 with input as _host("lvm")
}
