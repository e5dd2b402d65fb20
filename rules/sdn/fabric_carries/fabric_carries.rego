# METADATA
# scope: package
# title: The cluster talks over a fabric of the SDN
# description: |
#  {users} uses {address}, the address that this host has in a fabric. Routing
#  daemons make that address reachable. On NixOS they run with the carried file where they
#  ran before; without them, or when they do not find their neighbours, the host is cut off
#  from corosync or Ceph while its other interfaces answer. The node loses quorum and
#  fences its guests under HA, or its OSDs go down together.
# custom:
#  id: PVE-SDN-013
#  kind: gap
#  category: feature
#  severity: critical
#  component: SDN fabrics
#  equivalent: services.frr
#  account: none
#  workaround: |
#   Set up the fabric first: a dummy netdev with the address in systemd.network,
#   services.frr with openfabric or ospfd from /etc/frr/frr.conf, ip_forward, and the
#   MTU of the links. Order corosync and Ceph after frr.service. Set noout and take
#   the node out of HA before the trial boot.
#  test:
#   before: |
#    `vtysh -c "show openfabric topology"` (or `vtysh -c "show ip ospf neighbor"`) on
#    PVE prints the other nodes.
#   after: |
#    `corosync-cfgtool -s` prints all nodes connected and `ceph -s` all OSDs up in
#    the trial boot.
#  phase: boot
#  targets: [proxmox]
#  sources:
#   - https://pve.proxmox.com/pve-docs/chapter-pvesdn.html
#   - https://search.nixos.org/options?query=services.frr
package rules.sdn.fabric_carries

import data.lib.network
import data.lib.sdn

_mine contains {"at": {at, p.at}, "address": p.property.value} if {
	some id, f in sdn.fabric_nodes
	f.here
	at := f.at
	some key in {"ip", "ip6"}
	p := f.properties[key]
	network.ip(p.property.value)
}

_users(address) := {"corosync" |
	some n in input.cluster.nodes
	n.local
	address in n.addresses
} | {"Ceph" |
	count(input.storage.ceph.daemons) > 0
	some p in input.storage.ceph.config
	regex.match(`^global\.(public|cluster)[_ ]network$`, p.key)
	some range in regex.split(`[\s,]+`, p.value)
	network.cidr(range)
	net.cidr_contains(range, address)
}

findings contains {"at": sort(m.at), "vars": {"users": concat(" and ", sort(users)), "address": m.address}} if {
	some m in _mine
	users := _users(m.address)
	count(users) > 0
}
