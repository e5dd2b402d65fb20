package lib.domainshares_test

import data.lib.domainshares

_host(path) := {
	"host": {"name": "a"}, "packages": [],
	"mappings": [{"type": "directory", "id": "m", "properties": [{"key": "map", "value": "x", "fields": [{"name": "node", "value": "a"}, {"name": "path", "value": path}]}]}],
	"guests": [{"vmid": 100, "type": "qemu", "local": true, "config": [{"key": "virtiofs0", "value": "m", "fields": [{"name": "dirid", "value": "m"}]}]}],
}

test_a_directory if {
	{[s.tag, s.path] | some s in domainshares.list} == {["m", "/srv/m"]} with input as _host("/srv/m")
}

test_a_path_that_leads_elsewhere_is_none if {
	count(domainshares.list) == 0 with input as _host("/srv/../etc")
}
