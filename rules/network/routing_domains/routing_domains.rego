# METADATA
# scope: package
# title: Routing domains and what belongs to them
# description: |
#  Makes each VRF with its table, and puts interfaces into it. ifupdown2 gives out
#  numbers of tables itself where none is set; FRR and ip know a domain by its name.
# custom:
#  sources:
#   - https://www.freedesktop.org/software/systemd/man/latest/systemd.netdev.html
#   - https://docs.kernel.org/networking/vrf.html
#   - https://github.com/CumulusNetworks/ifupdown2/blob/master/ifupdown2/addons/vrf.py
package rules.network.routing_domains

import data.lib.hooks
import data.lib.network

settings contains {"at": sort({p | some p in network.at(name, {"vrf-table"})} | _without_route(name)), "option": network.netdev(name, option), "value": value} if {
	some name, table in network.vrfs
	some [option, value] in [
		[["netdevConfig", "Name"], name],
		[["netdevConfig", "Kind"], "vrf"],
		[["vrfConfig", "Table"], table],
	]
}

# A line that takes a route away is kept by not making that route.
_without_route(name) := {at |
	some at, u in hooks.understood
	u.name == name
	every m in u.meanings {
		m.kind == "nothing"
	}
}

settings contains {"at": network.at(name, {"vrf"}), "option": network.network(name, ["vrf"]), "value": [vrf]} if {
	some name, vrf in network.routing_domain
}

# A guest that moved here is known by its announcement.
settings contains {
	"at": network.at(name, {"arp-accept"}),
	"option": ["boot", "kernel", "sysctl", sprintf("net.ipv4.conf.%s.arp_accept", [name])],
	"value": 1,
} if {
	some name, _ in network.networks
	not contains(name, ".")
	network.switch(network.value(name, "arp-accept")) == true
}
