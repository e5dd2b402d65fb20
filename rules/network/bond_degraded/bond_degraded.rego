# METADATA
# scope: package
# title: A bond runs with a link less
# description: |
#  {links} of {bond} has no link now. The conversion changes names, drivers and the
#  order in which links come up; with one cable left any of that takes the host off
#  the network, and nobody can tell whether the dead link is old or new.
# custom:
#  id: PVE-NET-063
#  kind: pitfall
#  category: feature
#  severity: minor
#  component: bonds
#  account: none
#  workaround: |
#   Repair the link before the conversion: cable, transceiver, the port of the switch
#   and its LACP group.
#  test:
#   before: |
#    `grep -A1 Slave /proc/net/bonding/BOND` on PVE prints MII Status: down.
#   after: |
#    `grep -A1 Slave /proc/net/bonding/BOND` prints MII Status: up for each link on
#    PVE and in the trial boot.
#  phase: prepare
#  sources:
#   - https://docs.kernel.org/networking/bonding.html
package rules.network.bond_degraded

import data.lib.network

findings contains {"at": sort([network.links[m].at | some m in dead]), "vars": {"bond": name, "links": concat(", ", sort(dead))}} if {
	network.live
	some name, n in network.interfaces
	n.kind == "bond"
	name in network.up
	dead := {m | some m in network.members[name]; network.links[m].state == "down"}
	count(dead) > 0
}
