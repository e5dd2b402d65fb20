package lib.tpmstate_test

import data.lib.efivars_test
import data.lib.tpmstate

# METADATA
# title: A guest with a TPM on a storage of files, ZFS or Ceph
host(volume) := object.union(
	efivars_test.host("zfs:vm-100-disk-0,efitype=4m", {
		"smbios1": "uuid=4f0b4c1e-9d41-4d2a-8a57-1f6a3f0d2b11",
		"tpmstate0": volume,
	}),
	{"host": {"name": "pve"}},
)

test_states_are_where_they_were if {
	tpmstate.volumes == {100: {"path": "/dev/zvol/rpool/data/vm-100-disk-2", "format": "raw"}} with input as host("zfs:vm-100-disk-2,version=v2.0")
	tpmstate.volumes == {100: {"path": "/var/lib/vz/images/100/vm-100-disk-2.qcow2", "format": "qcow2"}} with input as host("local:100/vm-100-disk-2.qcow2")
	tpmstate.volumes[100].image.image == "rbd/vm-100-disk-2" with input as host("ceph:vm-100-disk-2")
	tpmstate.volumes == {} with input as host("lun:lun2")
}

test_libvirt_looks_below_the_uuid if {
	tpmstate.folder(100) == "/var/lib/libvirt/swtpm/4f0b4c1e-9d41-4d2a-8a57-1f6a3f0d2b11/tpm2" with input as host("zfs:vm-100-disk-2,version=v2.0")
	tpmstate.file(100) == "tpm2-00.permall" with input as host("zfs:vm-100-disk-2,version=v2.0")
	tpmstate.folder(100) == "/var/lib/libvirt/swtpm/4f0b4c1e-9d41-4d2a-8a57-1f6a3f0d2b11/tpm1.2" with input as host("zfs:vm-100-disk-2")
	tpmstate.file(100) == "tpm-00.permall" with input as host("zfs:vm-100-disk-2")
}
