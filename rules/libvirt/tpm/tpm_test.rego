package rules.libvirt.tpm_test

import data.lib.domains_test
import data.rules.libvirt.tpm

test_a_tpm_stays_what_it_was if {
	host := domains_test.vm({"tpmstate0": "local-lvm:vm-100-disk-2,version=v2.0"})
	{p.value.backend.version | some p in tpm.parts} == {"2.0"} with input as host
	tpm.settings == {{"at": ["/guests/0/config/0"], "option": ["virtualisation", "libvirtd", "qemu", "swtpm", "enable"], "value": true}} with input as host
	{p.value.backend.version | some p in tpm.parts} == {"1.2"} with input as domains_test.vm({"tpmstate0": "local-lvm:vm-100-disk-2"})
}

test_without_one_nothing_is_needed if {
	count(tpm.parts | tpm.settings) == 0 with input as domains_test.vm({"bios": "ovmf"})
}
