package rules.network.bridge_elsewhere_test

import data.lib.network_test
import data.rules.network.bridge_elsewhere

_guest(local, fields) := [{"vmid": 100, "type": "qemu", "node": "pve1", "local": local, "config": [{"key": "net0", "value": "x", "fields": [{"name": f[0], "value": f[1]} | some f in fields]}]}]

_link(name) := {"name": name, "kind": "bridge", "mtu": 1500, "state": "up", "alt_names": [], "addresses": []}

test_fires_for_a_bridge_that_something_else_made if {
	bridge_elsewhere.findings == {{"at": ["/guests/0/config/0"], "vars": {"bridge": "docker0", "guests": 1}}} with input as object.union(network_test.host({"interfaces": network_test.bridged, "links": [_link("docker0")]}), {"guests": _guest(true, [["bridge", "docker0"]])})
}

test_silent_for_a_bridge_of_the_host if {
	count(bridge_elsewhere.findings) == 0 with input as object.union(network_test.host({"interfaces": network_test.bridged, "links": [_link("vmbr0")]}), {"guests": _guest(true, [["bridge", "vmbr0"]])})
}

test_silent_for_guests_of_other_nodes if {
	count(bridge_elsewhere.findings) == 0 with input as object.union(network_test.host({"interfaces": network_test.bridged, "links": [_link("docker0")]}), {"guests": _guest(false, [["bridge", "docker0"]])})
}

test_silent_for_a_virtual_network if {
	count(bridge_elsewhere.findings) == 0 with input as object.union(network_test.host({"interfaces": network_test.bridged, "links": [_link("web")], "sdn": {"vnets": [{"type": "vnet", "id": "web", "properties": []}]}}), {"guests": _guest(true, [["bridge", "web"]])})
}

test_silent_for_a_template_which_never_starts if {
	guests := [object.union(g, {"config": array.concat(g.config, [{"key": "template", "value": "1"}])}) | some g in _guest(true, [["bridge", "docker0"]])]
	count(bridge_elsewhere.findings) == 0 with input as object.union(network_test.host({"interfaces": network_test.bridged, "links": [_link("docker0")]}), {"guests": guests})
}
