package rules.incus.efi_variables_test

import data.rules.incus.efi_variables

_host(config) := {"guests": [{"vmid": 100, "type": "qemu", "local": true, "config": config}]}

test_variables_and_tpm if {
	host := _host([{"key": "efidisk0", "value": "x"}, {"key": "tpmstate0", "value": "x"}])
	efi_variables.findings == {{"at": ["/guests/0/config/0", "/guests/0/config/1"], "vars": {"disks": "100 efidisk0, 100 tpmstate0"}}} with input as host
	efi_variables.parts == {{"at": ["/guests/0/config/1"], "document": ["instances", "100"], "path": ["devices", "tpm"], "value": {"type": "tpm"}}} with input as host
}

test_silent_for_a_guest_with_a_bios if {
	count(efi_variables.findings) == 0 with input as _host([{"key": "scsi0", "value": "x"}])
}
