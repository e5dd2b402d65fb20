# METADATA
# scope: package
# title: This host is the way out of an EVPN zone
# description: |
#  Guests of the zone {zone} on all nodes reach the world outside through this host, one of
#  its exit nodes ({nodes}). When its routing stops, in the trial boot or for good, the guests of
#  other nodes lose their way out as well, and with local routing on they also lose
#  this host itself.
# custom:
#  id: PVE-SDN-010
#  kind: pitfall
#  category: feature
#  severity: major
#  component: SDN exit nodes
#  equivalent: services.frr
#  account: none
#  workaround: |
#   Make another node an exit node of the zone before the trial boot (Datacenter, SDN,
#   Zones: exitnodes and exitnodes-primary), apply, and see that traffic moves. Take
#   this host out of the list until its FRR runs on NixOS.
#  test:
#   before: |
#    `vtysh -c "show ip route vrf vrf_ZONE 0.0.0.0/0"` on another node prints this
#    host as the next hop.
#   after: |
#    `vtysh -c "show ip route vrf vrf_ZONE 0.0.0.0/0"` on another node prints a
#    different one before the trial boot, and `ping -c1 192.0.2.1` inside a guest 1
#    received during it.
#  phase: prepare
#  sources:
#   - https://pve.proxmox.com/pve-docs/chapter-pvesdn.html
package rules.sdn.exit_node

import data.lib.sdn

findings contains {"at": [p.at], "vars": {"zone": name, "nodes": concat(", ", sort(nodes))}} if {
	some name, z in sdn.zones
	z.type == "evpn"
	p := z.properties.exitnodes
	nodes := {n | some n in regex.split(`[\s,;]+`, p.property.value); n != ""}
	input.host.name in nodes
}
