package rules.certificates.challenge_port_test

import data.rules.certificates.challenge_port

_host(fields, units, on) := {
	"host": {"name": "pve1"},
	"units": units,
	"network": {"firewall": [{"scope": "cluster", "name": "", "options": [{"key": "enable", "value": on}]}]},
	"cluster": {"nodes": [{"name": "pve1", "local": true, "addresses": [], "config": [{"key": "acmedomain0", "fields": fields}]}]},
}

_domain := {"name": "domain", "value": "pve1.example.org"}

test_fires_without_a_plugin if {
	challenge_port.findings == {{"at": ["/cluster/nodes/0/config/0"], "vars": {"names": "pve1.example.org", "rival": "A filter before the host decides about that."}}} with input as _host([_domain], [], "0")
		with data.target as "proxmox"
}

test_names_a_web_server_before_a_filter if {
	some f in challenge_port.findings with input as _host([_domain], [{"name": "nginx.service", "file_state": "enabled"}], "1")
		with data.target as "proxmox"
	f.vars.rival == "Here nginx runs as well; once its module is on, it holds port 80."
	some g in challenge_port.findings with input as _host([_domain], [{"name": "nginx.service", "file_state": "disabled"}], "1")
		with data.target as "proxmox"
	g.vars.rival == "PVE's firewall is on here; the translated rules must let port 80 in."
}

test_silent_with_a_plugin if {
	count(challenge_port.findings) == 0 with input as _host([_domain, {"name": "plugin", "value": "cloudflare"}], [], "0")
		with data.target as "proxmox"
}
