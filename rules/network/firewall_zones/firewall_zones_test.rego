package rules.network.firewall_zones_test

import data.lib.network_test
import data.rules.network.firewall_zones

_host(line) := network_test.host({"interfaces": [network_test.interface("vmbr0", "bridge", [["post-up", line]], {})]})

test_fires_for_the_zone_of_the_manual if {
	firewall_zones.findings == {{"at": ["/network/interfaces/0/options/0"], "vars": {"interface": "vmbr0", "count": 1}}} with input as _host("iptables -t raw -I PREROUTING -i fwbr+ -j CT --zone 1")
}

test_silent_for_other_filters if {
	count(firewall_zones.findings) == 0 with input as _host("iptables -t raw -I PREROUTING -i eno1 -j CT --zone 1")
	count(firewall_zones.findings) == 0 with input as _host("iptables -t raw -I PREROUTING -i fwbr+ -j CT --zone 1; reboot")
}
