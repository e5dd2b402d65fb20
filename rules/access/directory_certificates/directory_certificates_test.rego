package rules.access.directory_certificates_test

import data.rules.access.directory_certificates

_host(verify, capath) := {"access": {"realms": [
	{"type": "pam", "id": "pam", "properties": []},
	{"type": "ldap", "id": "corp", "properties": [{"key": "verify", "value": verify}, {"key": "capath", "value": capath}]},
]}}

test_fires_on_a_directory if {
	directory_certificates.findings == {{"at": ["/access/realms/1/properties/1"], "vars": {"realm": "corp", "capath": "/etc/ssl/certs"}}} with input as _host("1", "/etc/ssl/certs")
		with data.target as "proxmox"
}

test_silent_on_a_bundle if {
	count(directory_certificates.findings) == 0 with input as _host("1", "/etc/ssl/certs/ca-certificates.crt")
		with data.target as "proxmox"
}

test_silent_where_nothing_is_checked if {
	count(directory_certificates.findings) == 0 with input as _host("0", "/etc/ssl/certs")
		with data.target as "proxmox"
}
