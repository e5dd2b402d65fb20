package rules.certificates.foreign_authority_test

import data.rules.certificates.foreign_authority

_host(issuer) := {
	"host": {"name": "pve1"},
	"certificates": [
		{"path": "/etc/pve/pve-root-ca.pem", "subject": "CN=A", "issuer": "CN=A"},
		{"path": "/etc/pve/nodes/pve1/pve-ssl.pem", "subject": "CN=pve1", "issuer": issuer},
	],
}

test_fires_on_another_issuer if {
	foreign_authority.findings == {{"at": ["/certificates/0", "/certificates/1"], "vars": {"issuer": "CN=B", "authority": "CN=A"}}} with input as _host("CN=B")
}

test_silent_on_the_cluster_itself if {
	count(foreign_authority.findings) == 0 with input as _host("CN=A")
}
