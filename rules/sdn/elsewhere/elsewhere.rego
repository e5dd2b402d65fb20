# METADATA
# scope: package
# title: Zones of the SDN that are on other nodes
# description: |
#  A zone may be limited to some nodes. What is not on this node stays in the
#  cluster's database, which is copied, for the nodes that it is about.
# custom:
#  sources:
#   - https://pve.proxmox.com/pve-docs/chapter-pvesdn.html
package rules.sdn.elsewhere

import data.lib.facts
import data.lib.sdn

carries contains {
	"at": sort(_elsewhere),
	"path": "/var/lib/pve-cluster/config.db",
	"to": "/var/lib/pve-cluster/config.db",
	"mode": "0600",
	"secret": true,
} if {
	facts.packages["pve-cluster"]
	count(_elsewhere) > 0
}

_elsewhere contains p if {
	some z in sdn.zones
	not z.here
	some p in z.nodes
}

_elsewhere contains p if {
	some v in sdn.vnets
	not sdn.zones[v.zone].here
	sdn.zones[v.zone]
	some p in v.nodes
}

_elsewhere contains p if {
	some s in sdn.subnets
	v := sdn.vnets[s.vnet]
	sdn.zones[v.zone]
	not sdn.zones[v.zone].here
	some p in s.nodes
}
