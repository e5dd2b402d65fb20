package rules.certificates.staging_test

import data.rules.certificates.staging

_host(issuer) := {
	"host": {"name": "pve1"},
	"certificates": [{"path": "/etc/pve/nodes/pve1/pveproxy-ssl.pem", "issuer": issuer}],
}

test_fires_on_the_test_authority if {
	staging.findings == {{"at": ["/certificates/0"], "vars": {"issuer": "CN=(STAGING) Artificial Apricot R3,O=(STAGING) Let's Encrypt,C=US"}}} with input as _host("CN=(STAGING) Artificial Apricot R3,O=(STAGING) Let's Encrypt,C=US")
}

test_silent_on_the_real_one if {
	count(staging.findings) == 0 with input as _host("CN=R11,O=Let's Encrypt,C=US")
}
