package rules.libvirt.firmware_variables_test

import data.lib.efivars_test
import data.rules.libvirt.firmware_variables

test_fires_on_a_volume_that_only_qemu_reaches if {
	firmware_variables.findings == {{"at": ["/guests/0/config/1"], "vars": {"vmids": "100"}}} with input as efivars_test.host("lun:lun0,efitype=4m", {})
}

test_fires_on_old_firmware if {
	count(firmware_variables.findings) == 1 with input as efivars_test.host("zfs:vm-100-disk-0", {})
}

test_silent_where_the_unit_reads_them if {
	count(firmware_variables.findings) == 0 with input as efivars_test.host("ceph:vm-100-disk-0,efitype=4m", {})
	count(firmware_variables.findings) == 0 with input as efivars_test.host("zfs:vm-100-disk-0,efitype=4m", {})
	count(firmware_variables.findings) == 0 with input as efivars_test.host("lun:lun0,efitype=4m", {"bios": "seabios"})
}
