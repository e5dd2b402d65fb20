package rules.backup.server_here_test

import data.rules.backup.server_here

_host(server) := {
	"host": {"name": "a"},
	"network": {"interfaces": [], "links": []},
	"storage": {"storages": [{"type": "pbs", "id": "pbs", "properties": [{"key": "server", "value": server}]}]},
}

test_fires_on_the_host_itself if {
	server_here.findings == {{"at": ["/storage/storages/0"], "vars": {"ids": "pbs", "first": "pbs"}}} with input as _host("localhost")
}

test_silent_on_another_machine if {
	count(server_here.findings) == 0 with input as _host("pbs.example.net")
}
