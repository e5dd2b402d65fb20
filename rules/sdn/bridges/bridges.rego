# METADATA
# scope: package
# title: Virtual networks that became bridges
# description: |
#  PVE writes the bridge of each virtual network to interfaces.d/sdn, and the rules of
#  the network translate that file with the rest. This says which sections of the
#  SDN are kept by that, gateways and address translation included.
# custom:
#  sources:
#   - https://pve.proxmox.com/pve-docs/chapter-pvesdn.html
package rules.sdn.bridges

import data.lib.facts
import data.lib.network
import data.lib.sdn

settings contains {
	"at": sort(((sdn.vnets[id].nodes | _zone(id)) | _subnets(id))),
	"option": network.netdev(id, ["netdevConfig", "Kind"]),
	"value": "bridge",
} if {
	some id in sdn.made
}

# A zone is kept when all of its networks are. What it says to dnsmasq is not.
_zone(id) := nodes if {
	zone := sdn.zones[sdn.vnets[id].zone]
	zone.type in {"simple", "vlan", "qinq", "vxlan"}
	every other in sdn.here {
		_kept(other, sdn.vnets[id].zone)
	}
	nodes := zone.nodes - {p.at | some key, p in zone.properties; key == "dhcp"}
} else := set()

_kept(other, _) if other in sdn.made

_kept(other, zone) if sdn.vnets[other].zone != zone

_subnets(id) := {p |
	some s in sdn.subnets
	s.vnet == id
	some p in ({s.at} | {q.at | some key, q in s.properties; _said(key, q, s)})
}

_said("vnet", _, _)

_said("gateway", p, s) if {
	some a in network.addresses[s.vnet]
	network.host(a) == p.property.value
}

_said("snat", _, s) if sdn.translated(s.network)

_said("snat", p, _) if not facts.truthy(p.property.value)
