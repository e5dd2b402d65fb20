package rules.network.name_servers_unused_test

import data.lib.network_test
import data.rules.network.name_servers_unused

_host(line, servers) := network_test.host({
	"interfaces": [network_test.interface("vmbr0", "bridge", [["dns-nameservers", line]], {})],
	"dns": {"nameservers": [{"key": "nameserver", "value": s, "fields": []} | some s in servers], "search": []},
})

test_fires_for_another_server if {
	name_servers_unused.findings == {{"at": ["/network/interfaces/0/options/0"], "vars": {"interface": "vmbr0", "servers": "192.0.2.54"}}} with input as _host("192.0.2.53 192.0.2.54", ["192.0.2.53"])
}

test_silent_for_the_same_servers if {
	count(name_servers_unused.findings) == 0 with input as _host("192.0.2.53", ["192.0.2.53", "192.0.2.54"])
}

test_silent_where_none_is_asked if {
	count(name_servers_unused.findings) == 0 with input as _host("192.0.2.53", [])
}
