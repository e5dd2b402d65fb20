package rules.firewall.interface_gone_test

import data.lib.firewall_test
import data.lib.network_test
import data.rules.firewall.interface_gone

_host(name) := firewall_test.host([firewall_test.rule("IN", "ACCEPT", "", {"i": name, "p": "tcp", "dport": "22"})], {})

_live(name) := object.union(_host(name), {"network": {"links": [network_test.card("eno1", "52:54:00:00:00:02", {})]}})

_files(name) := object.union(_host(name), {"capture": {"areas": [{"name": n, "status": "known", "source": "file"} | some n in ["network.interfaces", "network.firewall"]]}})

test_fires_for_a_name_of_the_past if {
	interface_gone.findings == {{"at": ["/network/firewall/0/rules/0"], "vars": {"count": 1, "interfaces": "enp4s0"}}} with input as _live("enp4s0")
}

test_fires_from_files_for_a_bridge if {
	count(interface_gone.findings) == 1 with input as _files("vmbr7")
}

test_silent_for_an_interface_of_the_host if {
	every name in ["vmbr0", "eno1", "vmbr+", ""] {
		count(interface_gone.findings) == 0 with input as _live(name)
	}
}

test_silent_for_what_programs_make if {
	count(interface_gone.findings) == 0 with input as _files("tailscale0")
}
