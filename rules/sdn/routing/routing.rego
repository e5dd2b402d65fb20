# METADATA
# scope: package
# title: EVPN and routing of the SDN do not run
# description: |
#  The SDN has zones or controllers that need routing daemons ({names}). PVE writes
#  FRR's configuration and starts it; on NixOS no FRR is set up. Virtual networks
#  of these zones have no gateway and do not reach the other nodes.
# custom:
#  id: PVE-SDN-003
#  kind: gap
#  category: feature
#  severity: major
#  component: SDN controllers and EVPN zones
#  equivalent: services.frr
#  account: lost
#  workaround: |
#   Take /etc/frr/frr.conf of PVE into services.frr.config with services.frr.bgpd.enable
#   (and zebra, bfdd as used), and declare the vrf, vxlan and bridge netdevs with
#   the same ids in systemd.network. AS numbers and route targets must stay.
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
