# METADATA
# scope: package
# title: Zones of the SDN that are on other nodes
# description: |
#  A zone may be limited to some nodes, and so are fabrics and BGP controllers. What
#  is not on this node stays in the cluster's database, which is copied, for the nodes that it is about.
# custom:
#  targets: [proxmox]
#  sources:
#   - https://pve.proxmox.com/pve-docs/chapter-pvesdn.html
package rules.sdn.elsewhere

import data.lib.facts
import data.lib.sdn

carries contains {
	"at": sort(lines),
	"path": "/var/lib/pve-cluster/config.db",
	"to": "/var/lib/pve-cluster/config.db",
	"mode": "0600",
	"secret": true,
} if {
	facts.packages["pve-cluster"]
	count(lines) > 0
}

# METADATA
# title: Sections that are about other nodes
lines contains p if {
	some z in sdn.zones
	not z.here
	some p in z.nodes
}

lines contains p if {
	some v in sdn.vnets
	not sdn.zones[v.zone].here
	sdn.zones[v.zone]
	some p in v.nodes
}

lines contains p if {
	some s in sdn.subnets
	v := sdn.vnets[s.vnet]
	sdn.zones[v.zone]
	not sdn.zones[v.zone].here
	some p in s.nodes
}

lines contains p if {
	some i, f in input.network.sdn.fabrics
	not split(f.id, "_")[0] in sdn.fabrics_here
	some p in sdn.section_nodes(f, sprintf("/network/sdn/fabrics/%d", [i]))
}

lines contains p if {
	some i, c in input.network.sdn.controllers
	at := sprintf("/network/sdn/controllers/%d", [i])
	not sdn.controllers_here[at]
	some p in sdn.section_nodes(c, at)
}
