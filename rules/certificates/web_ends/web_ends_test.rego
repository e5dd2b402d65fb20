package rules.certificates.web_ends_test

import data.rules.certificates.web_ends

_host(until, config) := {
	"capture": {"time": "2025-06-01T00:00:00Z"},
	"host": {"name": "pve1"},
	"certificates": [{"path": "/etc/pve/nodes/pve1/pveproxy-ssl.pem", "not_after": until, "issuer": "CN=School CA"}],
	"cluster": {"nodes": [{"name": "pve1", "local": true, "addresses": [], "config": config}]},
}

test_fires_on_an_end_within_three_months if {
	web_ends.findings == {{"at": ["/certificates/0"], "vars": {"date": "2025-07-01", "days": 30, "issuer": "CN=School CA"}}} with input as _host("2025-07-01T00:00:00Z", [])
}

test_silent_on_a_later_end_and_on_acme if {
	count(web_ends.findings) == 0 with input as _host("2025-09-01T00:00:00Z", [])
	count(web_ends.findings) == 0 with input as _host("2025-07-01T00:00:00Z", [{"key": "acmedomain0", "fields": [{"name": "domain", "value": "pve1.example.org"}]}])
}
