package rules.certificates.authority_ends_test

import data.rules.certificates.authority_ends

_host(until) := {
	"capture": {"time": "2025-06-01T00:00:00Z"},
	"certificates": [{"path": "/etc/pve/pve-root-ca.pem", "not_after": until}],
}

test_fires_within_a_year if {
	authority_ends.findings == {{"at": ["/certificates/0"], "vars": {"date": "2026-05-31", "days": 364}}} with input as _host("2026-05-31T00:00:00Z")
}

test_silent_after_a_year if {
	count(authority_ends.findings) == 0 with input as _host("2026-06-01T00:00:00Z")
}
