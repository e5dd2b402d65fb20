# METADATA
# scope: package
# title: Fabrics of the SDN are made by Proxmox VE
# description: |
#  {count} sections of fabrics.cfg describe an underlay between the nodes. PVE makes
#  dummy interfaces and FRR's configuration (OpenFabric, OSPF) or WireGuard tunnels
#  of it. On NixOS the interfaces are made as they were, and FRR runs with the carried
#  file where it ran before with the daemon of the fabric; without that Ceph, corosync
#  or migration over the fabric's addresses does not work. A node that is added later
#  reaches neither.
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

import data.lib.network
import data.lib.sdn
import data.rules.network.frr

_sections[sprintf("/network/sdn/fabrics/%d", [i])] := f if {
	some i, f in input.network.sdn.fabrics
	split(f.id, "_")[0] in sdn.fabrics_here
}

findings contains {"at": at, "vars": {"count": count(_sections)}} if {
	count(_sections) > 0
	at := sort(union({sdn.section_nodes(f, p) | some p, f in _sections}))
}

# What of it is there at the capture is kept: the address on an interface, and the daemon that makes it known.
_daemons := {"openfabric_node": ["fabricd"], "ospf_node": ["ospfd"]}

_whole if {
	count(_sections) > 0
	frr.kept
	every fabric in sdn.fabrics_here {
		_running(fabric)
	}
}

_running(fabric) if {
	some i, s in input.network.sdn.fabrics
	sdn.fabric_nodes[s.id].fabric == fabric
	sdn.fabric_nodes[s.id].here
	sdn.fabric_nodes[s.id].at == sprintf("/network/sdn/fabrics/%d", [i])
	every daemon in _daemons[s.type] {
		daemon in frr.daemons
	}
	addresses := {text | some key in {"ip", "ip6"}; text := sdn.fabric_nodes[s.id].properties[key].property.value}
	count(addresses) > 0
	every address in addresses {
		_made(address)
	}
}

_made(address) if {
	some name, list in network.addresses
	network.networks[name]
	some a in list
	network.host(a) == address
}

_at := sort(union({sdn.section_nodes(f, p) | some p, f in _sections}))

bridges contains {"at": _at, "bridge": "network", "params": {"service": "frr", "closes": ["PVE-SDN-004", "PVE-SDN-013"]}} if _whole

settings contains {"at": _at, "option": ["services", "frr", "configFile"], "value": frr.kept} if _whole

checks contains {"at": _at, "check": "unit-active", "params": {"unit": "frr.service"}, "required": false} if _whole
