package rules.certificates.pushed_test

import data.rules.certificates.pushed

_host(name, config) := {
	"host": {"name": "pve1"},
	"certificates": [{"path": "/etc/pve/nodes/pve1/pveproxy-ssl.pem", "names": ["example.org", name]}],
	"cluster": {"nodes": [{"name": "pve1", "local": true, "addresses": [], "config": config}]},
}

test_fires_on_a_wildcard if {
	pushed.findings == {{"at": ["/certificates/0"], "vars": {"names": "*.example.org, example.org"}}} with input as _host("*.example.org", [])
}

test_silent_on_plain_names_and_own_orders if {
	count(pushed.findings) == 0 with input as _host("pve1.example.org", [])
	count(pushed.findings) == 0 with input as _host("*.example.org", [{"key": "acmedomain0", "fields": [{"name": "domain", "value": "*.example.org"}]}])
}
