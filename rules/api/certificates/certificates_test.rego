package rules.api.certificates_test

import data.rules.api.certificates

_host(accounts) := {"acme": {"accounts": accounts, "plugins": [{"type": "dns", "id": "cf", "properties": []}]}}

_ordered(accounts, local) := object.union(_host(accounts), {"cluster": {"nodes": [{"name": "a", "local": local, "config": [{"key": "acme", "value": "domains=a.lan", "fields": []}]}]}})

test_fires_on_an_account_that_is_used if {
	certificates.findings == {{"at": ["/acme/accounts", "/acme/plugins/0", "/cluster/nodes/0/config/0"], "vars": {"accounts": "default"}}} with input as _ordered(["default"], true)
}

test_silent_on_an_account_that_this_node_does_not_use if {
	count(certificates.findings) == 0 with input as _ordered(["default"], false)
	count(certificates.findings) == 0 with input as _host(["default"])
}

test_silent_on_a_plugin_without_account if {
	count(certificates.findings) == 0 with input as _ordered([], true)
}

test_names_what_this_node_orders if {
	line := {"key": "acmedomain0", "value": "domain=a.lan", "fields": []}
	note := {"key": "description", "value": "x", "fields": []}
	nodes := [{"name": "b", "local": false, "config": [line]}, {"name": "a", "local": true, "config": [note, line]}]
	{f.at | some f in certificates.findings} == {["/acme/accounts", "/acme/plugins/0", "/cluster/nodes/1/config/1"]} with input as object.union(_host(["default"]), {"cluster": {"nodes": nodes}})
}

test_the_renewal_waits_for_the_commit_and_is_looked_at if {
	host := _ordered(["default"], true)
	options := {concat(".", s.option): s.value | some s in certificates.settings} with input as host
	options["systemd.services.pve-acme.unitConfig.ConditionPathExists"] == ["|!/var/lib/pve2nix/guard/trial.json", "|/var/lib/pve2nix/guard/committed"]
	endswith(options["systemd.services.pve-acme.script"], "exec /run/current-system/sw/bin/pvenode acme cert renew\n")
	options["systemd.timers.pve-acme.wantedBy"] == ["timers.target"]
	{c.params.unit | some c in certificates.checks} == {"pve-acme.timer"} with input as host
	{b.params.closes | some b in certificates.bridges} == {["PVE-API-004"]} with input as host
}

test_nothing_is_renewed_where_the_node_orders_nothing if {
	(count(certificates.settings) + count(certificates.bridges)) + count(certificates.checks) == 0 with input as _ordered(["default"], false)
}
