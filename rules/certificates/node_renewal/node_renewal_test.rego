package rules.certificates.node_renewal_test

import data.rules.certificates.node_renewal

_host(node) := {
	"capture": {"time": "2025-06-01T00:00:00Z"},
	"host": {"name": "pve1"},
	"packages": [{"name": "pve-manager", "status": "installed"}],
	"certificates": [{"path": sprintf("/etc/pve/nodes/%s/pve-ssl.pem", [node]), "not_after": "2026-03-04T10:00:00Z"}],
}

test_fires_on_the_certificate_of_this_node if {
	node_renewal.findings == {{"at": ["/certificates/0"], "vars": {"date": "2026-03-04"}}} with input as _host("pve1")
}

test_silent_on_other_nodes if {
	count(node_renewal.findings) == 0 with input as _host("pve2")
}
