package rules.certificates.key_elsewhere_test

import data.rules.certificates.key_elsewhere

_host(value, certificates) := {
	"host": {"name": "pve1"},
	"certificates": certificates,
	"config_files": [{"path": "/etc/default/pveproxy", "properties": [{"key": "TLS_KEY_FILE", "value": value}]}],
}

_web := [{"path": "/etc/pve/nodes/pve1/pveproxy-ssl.pem"}]

test_fires_on_a_key_of_the_host if {
	key_elsewhere.findings == {{"at": ["/config_files/0/properties/0"], "vars": {"path": "/etc/ssl/private/pve.key"}}} with input as _host("/etc/ssl/private/pve.key", _web)
}

test_silent_on_a_key_of_the_cluster_and_without_a_certificate if {
	count(key_elsewhere.findings) == 0 with input as _host("/etc/pve/local/own.key", _web)
	count(key_elsewhere.findings) == 0 with input as _host("/etc/ssl/private/pve.key", [])
}
