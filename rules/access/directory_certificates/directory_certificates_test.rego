package rules.access.directory_certificates_test

import data.rules.access.directory_certificates

_host(verify, capath) := _with(verify, capath, {"key": "mode", "value": "ldaps"})

_with(verify, capath, tls) := {"access": {"realms": [
	{"type": "pam", "id": "pam", "properties": []},
	{"type": "ldap", "id": "corp", "properties": [{"key": "verify", "value": verify}, {"key": "capath", "value": capath}, tls]},
]}}

test_fires_on_a_directory if {
	directory_certificates.findings == {{"at": ["/access/realms/1/properties/1"], "vars": {"realm": "corp", "capath": "/etc/ssl/certs"}}} with input as _host("1", "/etc/ssl/certs")
}

test_silent_on_a_bundle if {
	count(directory_certificates.findings) == 0 with input as _host("1", "/etc/ssl/certs/ca-certificates.crt")
}

test_silent_where_nothing_is_checked if {
	count(directory_certificates.findings) == 0 with input as _host("0", "/etc/ssl/certs")
}

test_fires_on_the_older_word_for_ldaps if {
	count(directory_certificates.findings) == 1 with input as _with("1", "/etc/ssl/certs", {"key": "secure", "value": "1"})
}

test_silent_without_tls if {
	count(directory_certificates.findings) == 0 with input as _with("1", "/etc/ssl/certs", {"key": "mode", "value": "ldap"})
	count(directory_certificates.findings) == 0 with input as _with("1", "/etc/ssl/certs", {"key": "port", "value": "389"})
}
