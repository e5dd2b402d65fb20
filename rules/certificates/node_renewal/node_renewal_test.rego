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

test_a_timer_renews_after_the_commit if {
	options := {concat(".", s.option): s.value | some s in node_renewal.settings} with input as _host("pve1")
	options["systemd.services.pve-node-certificate.unitConfig.ConditionPathExists"] == ["|!/var/lib/pve2nix/guard/trial.json", "|/var/lib/pve2nix/guard/committed"]
	contains(options["systemd.services.pve-node-certificate.script"], "pvecm updatecerts --force\n")
	options["systemd.timers.pve-node-certificate.timerConfig"].OnCalendar == "daily"
	{c.params.unit | some c in node_renewal.checks} == {"pve-node-certificate.timer"} with input as _host("pve1")
	{b.bridge | some b in node_renewal.bridges} == {"service"} with input as _host("pve1")
}

test_no_timer_for_other_nodes if {
	(count(node_renewal.settings) + count(node_renewal.checks)) + count(node_renewal.bridges) == 0 with input as _host("pve2")
}

test_a_certificate_of_somebody_else_is_left if {
	foreign := {"certificates": [
		{"path": "/etc/pve/nodes/pve1/pve-ssl.pem", "not_after": "2026-03-04T10:00:00Z", "issuer": "CN=other"},
		{"path": "/etc/pve/pve-root-ca.pem", "not_after": "2035-03-04T10:00:00Z", "subject": "CN=cluster"},
	]}
	count(node_renewal.findings) + count(node_renewal.settings) == 0 with input as object.union(_host("pve1"), foreign)
}
