package rules.certificates.node_names_test

import data.rules.certificates.node_names

_host(names) := {
	"host": {"name": "PVE1"},
	"packages": [{"name": "pve-manager", "status": "installed"}],
	"network": {"hosts": [{"address": "192.0.2.5", "names": ["PVE1"]}], "interfaces": [], "links": [], "routes": []},
	"certificates": [{"path": "/etc/pve/nodes/PVE1/pve-ssl.pem", "names": names}],
}

test_fires_on_an_old_address if {
	node_names.findings == {{"at": ["/certificates/0", "/network/hosts/0"], "vars": {"host": "PVE1", "address": "192.0.2.5", "names": "127.0.0.1, 192.0.2.4, pve1", "missing": "192.0.2.5"}}} with input as _host(["127.0.0.1", "192.0.2.4", "pve1"])
}

test_silent_when_both_are_in_it if {
	count(node_names.findings) == 0 with input as _host(["192.0.2.5", "pve1", "localhost"])
	count(node_names.findings) == 0 with input as _host([])
}
