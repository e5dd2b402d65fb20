package rules.ha.leftover_resources_test

import data.rules.ha.leftover_resources

_host(status) := {
	"capture": {"areas": [{"name": "cluster", "status": "known"}, {"name": "guests", "status": status}]},
	"guests": [{"vmid": 100, "type": "qemu", "local": false}],
	"cluster": {"ha_resources": [{"type": "vm", "id": "100", "properties": []}, {"type": "vm", "id": "199", "properties": []}]},
}

test_fires_on_a_guest_that_no_node_has if {
	leftover_resources.findings == {{"at": ["/cluster/ha_resources/1"], "vars": {"sids": "vm:199"}}} with input as _host("known")
}

test_one_that_is_named_twice_is_one if {
	host := json.patch(_host("known"), [{"op": "add", "path": "/cluster/ha_resources/-", "value": {"type": "vm", "id": "199", "properties": []}}])
	{[f.at, f.vars.sids] | some f in leftover_resources.findings} == {[["/cluster/ha_resources/1", "/cluster/ha_resources/2"], "vm:199"]} with input as host
}

test_silent_where_some_guests_could_not_be_read if {
	count(leftover_resources.findings) == 0 with input as _host("partial")
}
