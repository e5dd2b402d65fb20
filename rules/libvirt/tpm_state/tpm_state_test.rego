package rules.libvirt.tpm_state_test

import data.lib.efivars_test
import data.rules.libvirt.tpm_state

_found(config) := findings if {
	findings := tpm_state.findings with input as efivars_test.host("zfs:vm-100-disk-0,efitype=4m", config)
}

test_fires_on_a_state_that_only_qemu_reaches if {
	_found({"tpmstate0": "lun:lun2,version=v2.0"}) == {{"at": ["/guests/0/config/2"], "vars": {"vmids": "100"}}}
}

test_silent_where_the_unit_reads_it if {
	count(_found({"tpmstate0": "ceph:vm-100-disk-2,version=v2.0"})) == 0
	count(_found({"tpmstate0": "zfs:vm-100-disk-2,version=v2.0"})) == 0
}

test_silent_on_templates_and_others if {
	count(_found({"template": "1", "tpmstate0": "lun:lun2"})) == 0
	count(_found({})) == 0
}
