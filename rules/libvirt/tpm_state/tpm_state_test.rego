package rules.libvirt.tpm_state_test

import data.lib.domains_test
import data.rules.libvirt.tpm_state

test_fires_on_a_tpm if {
	tpm_state.findings == {{"at": ["/guests/0/config/0"], "vars": {"vmids": "100"}}} with input as domains_test.vm({"tpmstate0": "local-lvm:vm-100-disk-2,version=v2.0"})
}

test_silent_on_templates_and_others if {
	count(tpm_state.findings) == 0 with input as domains_test.vm({"template": "1", "tpmstate0": "local-lvm:vm-100-disk-2"})
	count(tpm_state.findings) == 0 with input as domains_test.vm({"bios": "ovmf"})
}
