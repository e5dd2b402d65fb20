package rules.guests.tpm_recovery_test

import data.rules.guests.tpm_recovery

_host(key, template) := {"guests": [{"vmid": 113, "type": "qemu", "local": true, "config": [
	{"key": key, "value": "tank:vm-113-disk-1,size=4M,version=v2.0", "fields": []},
	{"key": "template", "value": template, "fields": []},
]}]}

test_fires_on_a_tpm if {
	tpm_recovery.findings == {{"at": ["/guests/0/config/0"], "vars": {"vmids": "113"}}} with input as _host("tpmstate0", "0")
}

test_silent_on_a_detached_volume if {
	count(tpm_recovery.findings) == 0 with input as _host("unused0", "0")
}

test_silent_on_a_template if {
	count(tpm_recovery.findings) == 0 with input as _host("tpmstate0", "1")
}
