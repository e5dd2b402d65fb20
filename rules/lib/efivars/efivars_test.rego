package lib.efivars_test

import data.lib.domains_test
import data.lib.efivars

# METADATA
# title: A guest with UEFI and its variables on a storage
host(efidisk, config) := object.union(domains_test.vm(object.union({"bios": "ovmf", "efidisk0": efidisk}, config)), {"storage": {"storages": [
	{"id": "zfs", "type": "zfspool", "properties": [{"key": "pool", "value": "rpool/data"}]},
	{"id": "local", "type": "dir", "properties": [{"key": "path", "value": "/var/lib/vz"}]},
	{"id": "ceph", "type": "rbd", "properties": []},
	{"id": "lun", "type": "iscsidirect", "properties": [{"key": "portal", "value": "192.0.2.1"}, {"key": "target", "value": "iqn.2001-05.com.example:a"}]},
]}})

test_q35_with_4m_has_system_management_mode if {
	efivars.kinds == {100: "secure"} with input as host("zfs:vm-100-disk-0,efitype=4m", {"machine": "q35"})
	efivars.kinds == {100: "plain"} with input as host("zfs:vm-100-disk-0,efitype=4m", {"machine": "pc"})
	efivars.kinds == {100: "plain"} with input as host("zfs:vm-100-disk-0", {"machine": "q35"})
	efivars.kinds == {} with input as host("zfs:vm-100-disk-0", {"arch": "aarch64"})
	efivars.kinds == {} with input as host("zfs:vm-100-disk-0", {"bios": "seabios"})
}

test_volumes_are_where_they_were if {
	efivars.volumes[100] == {"path": "/dev/zvol/rpool/data/vm-100-disk-0", "format": "raw"} with input as host("zfs:vm-100-disk-0,efitype=4m", {})
	efivars.volumes[100] == {"path": "/var/lib/vz/images/100/vm-100-disk-0.qcow2", "format": "qcow2"} with input as host("local:100/vm-100-disk-0.qcow2,efitype=4m", {})
	efivars.volumes[100].path == "/run/pve-volumes/100-efidisk0" with input as host("ceph:vm-100-disk-0,efitype=4m", {})
	not efivars.volumes[100] with input as host("ceph:vm-100-disk-0", {})
	not efivars.volumes[100] with input as host("lun:lun0,efitype=4m", {})
	not efivars.volumes[100] with input as host("zfs:vm-100-disk-0", {})
	efivars.file(100) == "/var/lib/libvirt/qemu/nvram/pve-100_VARS.fd"
}
