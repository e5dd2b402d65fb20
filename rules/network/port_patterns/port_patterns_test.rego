package rules.network.port_patterns_test

import data.lib.network_test
import data.rules.network.port_patterns

test_fires_for_a_pattern if {
	port_patterns.findings == {{"at": ["/network/interfaces/0"], "vars": {"bridge": "vmbr0", "ports": "eno1"}}} with input as network_test.host({"interfaces": [network_test.interface("vmbr0", "bridge", [], {"ports": ["regex eno.*"]})], "links": [network_test.card("eno1", "3c:ec:ef:00:00:01", {"master": "vmbr0"})]})
}

test_silent_for_a_name if {
	count(port_patterns.findings) == 0 with input as network_test.host({"interfaces": network_test.bridged})
}

_without_links(areas) := object.union(
	network_test.host({"interfaces": [network_test.interface("vmbr0", "bridge", [], {"ports": ["regex eno.*"]})]}),
	{"capture": {"areas": [{"name": name, "status": "known"} | some name in areas]}},
)

test_ports_that_were_not_seen_are_unknown_and_not_none if {
	{f.vars.ports | some f in port_patterns.findings} == {"unknown"} with input as _without_links(["network.interfaces"])
	{f.vars.ports | some f in port_patterns.findings} == {"none"} with input as _without_links(["network.interfaces", "network.live"])
}
