# METADATA
# scope: package
# title: Changes of EVPN and routing in the SDN reach nothing
# description: |
#  The SDN has zones or controllers that need routing daemons ({names}). PVE writes
#  FRR's configuration at each change. On NixOS FRR runs with the file that PVE wrote
#  last, where it ran before: a zone, a peer or an exit node that is added later reaches
#  neither FRR nor the interfaces (VRF, VXLAN and bridges) that such a zone needs.
# custom:
#  id: PVE-SDN-003
#  kind: gap
#  category: feature
#  severity: major
#  component: SDN controllers and EVPN zones
#  equivalent: services.frr
#  account: review
#  workaround: |
#   Change the carried frr.conf by hand, or take it into services.frr.config, and declare
#   the vrf, vxlan and bridge netdevs of new zones with the same ids in systemd.network.
#   AS numbers and route targets must stay.
#  test:
#   before: |
#    `vtysh -c 'show bgp l2vpn evpn summary'` on PVE prints the peers with a
#    number of prefixes.
#   after: |
#    `vtysh -c 'show bgp l2vpn evpn summary'` in the trial boot prints the same
#    peers with a number, not Active or Connect.
#  phase: boot
#  sources:
#   - https://pve.proxmox.com/pve-docs/chapter-pvesdn.html
#   - https://search.nixos.org/options?query=services.frr
package rules.sdn.routing

import data.lib.sdn

findings contains {"at": at, "vars": {"names": concat(", ", names)}} if {
	zones := [{"name": name, "nodes": z.nodes} | some name, z in sdn.zones; z.type == "evpn"; z.here]
	all := array.concat(zones, [{"name": c.id, "nodes": sdn.section_nodes(c, at)} | some at, c in sdn.controllers_here])
	count(all) > 0
	names := sort([x.name | some x in all])
	at := sort(union({x.nodes | some x in all}))
}
