package rules.certificates.challenge_port_test

import data.rules.certificates.challenge_port

_host(fields, units) := {
	"host": {"name": "pve1"},
	"units": units,
	"cluster": {"nodes": [{"name": "pve1", "local": true, "addresses": [], "config": [{"key": "acmedomain0", "fields": fields}]}]},
}

_domain := {"name": "domain", "value": "pve1.example.org"}

test_fires_without_a_plugin if {
	challenge_port.findings == {{"at": ["/cluster/nodes/0/config/0"], "vars": {"names": "pve1.example.org", "rival": "none"}}} with input as _host([_domain], [{"name": "nginx.service", "file_state": "disabled"}])
}

test_names_a_web_server if {
	some f in challenge_port.findings with input as _host([_domain], [{"name": "nginx.service", "file_state": "enabled"}])
	f.vars.rival == "nginx"
}

test_silent_with_a_plugin if {
	count(challenge_port.findings) == 0 with input as _host([_domain, {"name": "plugin", "value": "cloudflare"}], [])
}
