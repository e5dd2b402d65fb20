package rules.guests.secure_boot_certificate_test

import data.rules.guests.secure_boot_certificate

_host(fields) := {"guests": [{"vmid": 110, "type": "qemu", "local": true, "config": [{"key": "efidisk0", "value": "x", "fields": fields}]}]}

_keys := {"name": "pre-enrolled-keys", "value": "1"}

test_fires_on_old_keys if {
	secure_boot_certificate.findings == {{"at": ["/guests/0/config/0"], "vars": {"vmids": "110"}}} with input as _host([_keys])
}

test_silent_on_new_keys if {
	count(secure_boot_certificate.findings) == 0 with input as _host([_keys, {"name": "ms-cert", "value": "2023"}])
}

test_silent_without_keys if {
	count(secure_boot_certificate.findings) == 0 with input as _host([{"name": "pre-enrolled-keys", "value": "0"}])
}
