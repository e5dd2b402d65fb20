package rules.cluster.quorum_server_test

import data.rules.cluster.quorum_server

_host(state) := {
	"packages": [{"name": "corosync-qnetd", "status": "installed"}],
	"units": [{"name": "corosync-qnetd.service", "file_state": state}],
}

_options(host) := {concat(" ", s.option): s.value | some s in quorum_server.settings with input as host}

test_goes_on_where_it_is_in_use if {
	options := _options(_host("enabled"))
	options["systemd services corosync-qnetd serviceConfig"].User == "coroqnetd"
	options["systemd services corosync-qnetd script"] == "exec corosync-qnetd -f\n"
	options["networking firewall allowedTCPPorts"] == [5403]
	{c.path | some c in quorum_server.carries} == {"/etc/corosync/qnetd"} with input as _host("enabled")
	{b.at | some b in quorum_server.bridges} == {["/packages/0", "/units/0"]} with input as _host("enabled")
	count(quorum_server.checks) == 2 with input as _host("enabled")
}

test_silent_where_it_is_installed_only if {
	_options(_host("disabled")) == {}
	(count(quorum_server.carries) + count(quorum_server.bridges)) + count(quorum_server.checks) == 0 with input as _host("disabled")
}

test_silent_where_the_answers_decline_it if {
	count(quorum_server.settings) == 0 with input as _host("enabled") with data.answers as {"bridges": {"cluster": "no"}}
}
