package rules.sdn.not_applied_test

import data.lib.network_test
import data.rules.sdn.not_applied

_section(type, id, properties) := {"type": type, "id": id, "properties": [{"key": k, "value": v, "fields": []} | some k, v in properties]}

_host(pending) := network_test.host({"sdn": {"vnets": [_section("vnet", "web", {}), _section("vnet", "lab", {})], "pending": pending}})

test_fires_for_a_change if {
	not_applied.findings == {{"at": ["/network/sdn/vnets/1"], "vars": {"count": 2, "names": "vnets/lab, zones/old"}}} with input as _host(["vnets/lab", "zones/old"])
}

test_silent_where_all_is_applied if {
	count(not_applied.findings) == 0 with input as _host([])
}
