# METADATA
# scope: package
# title: Fabrics of the SDN do not run
# description: |
#  {count} sections of fabrics.cfg describe an underlay between the nodes. PVE makes
#  dummy interfaces and FRR's configuration (OpenFabric, OSPF) or WireGuard tunnels
#  of it; NixOS makes nothing. Ceph, corosync or migration over the fabric's
#  addresses does not work.
# custom:
#  id: PVE-SDN-004
#  kind: gap
#  category: feature
#  severity: major
#  component: SDN fabrics
#  equivalent: services.frr and systemd.network dummy netdevs
#  account: lost
#  workaround: |
#   Declare the dummy interface with the node's router id in systemd.network, and
#   take /etc/frr/frr.conf into services.frr.config with fabricd or ospfd enabled.
#   Check corosync.conf and ceph.conf for addresses of the fabric first.
#  test:
#   before: |
#    `vtysh -c 'show openfabric neighbor'` (or `vtysh -c 'show ip ospf neighbor'`)
#    on PVE prints the other nodes.
#   after: |
#    The same command, `vtysh -c 'show openfabric neighbor'`, prints them in the
#    trial boot.
#  phase: boot
#  sources:
#   - https://pve.proxmox.com/pve-docs/chapter-pvesdn.html
#   - https://search.nixos.org/options?query=services.frr
package rules.sdn.fabrics

import data.lib.sdn

_sections[sprintf("/network/sdn/fabrics/%d", [i])] := f if {
	some i, f in input.network.sdn.fabrics
	split(f.id, "_")[0] in sdn.fabrics_here
}

findings contains {"at": at, "vars": {"count": count(_sections)}} if {
	count(_sections) > 0
	at := sort(union({sdn.section_nodes(f, p) | some p, f in _sections}))
}
