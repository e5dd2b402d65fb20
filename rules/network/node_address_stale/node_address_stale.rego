# METADATA
# scope: package
# title: The node's name leads to an address that the host does not have
# description: |
#  /etc/hosts gives {node} the address {address}, and no interface has it: the host
#  was renumbered and the line stayed. The cluster file system publishes that address
#  as the node's; other nodes, the web interface of another node, migration and SPICE
#  go there. services.proxmox-ve.ipAddress takes it over.
# custom:
#  id: PVE-NET-047
#  kind: pitfall
#  category: configuration
#  severity: major
#  component: name of the node
#  equivalent: services.proxmox-ve.ipAddress
#  account: none
#  workaround: |
#   Correct the line in /etc/hosts on PVE, restart pve-cluster (a node of a cluster
#   also needs its address in corosync.conf to fit) and capture again.
#  test:
#   before: |
#    `getent ahostsv4 NODE` on PVE prints an address that `ip -br addr` does not.
#   after: |
#    `getent ahostsv4 NODE` prints an address of `ip -br addr` in the trial boot, and
#    `cat /etc/pve/.members` the same.
#  phase: boot
#  targets: [proxmox]
#  sources:
#   - https://pve.proxmox.com/wiki/Renaming_a_PVE_node
#   - https://pve.proxmox.com/wiki/Upgrade_from_8_to_9
#   - https://github.com/SaumonNet/proxmox-nixos/blob/main/modules/proxmox-ve/default.nix
package rules.network.node_address_stale

import data.lib.facts
import data.lib.network

_own := {network.canonical(network.host(a.cidr)) | some n in input.network.interfaces; some a in n.addresses} | {network.canonical(network.host(a.cidr)) | some l in network.links; some a in l.addresses}

_lines contains {"at": sprintf("/network/hosts/%d", [i]), "address": h.address} if {
	some i, h in input.network.hosts
	input.host.name in h.names
	network.ip(h.address)
	not network.loopback(h.address)
}

findings contains {"at": sort([l.at | some l in _lines]), "vars": {"node": input.host.name, "address": concat(", ", sort([l.address | some l in _lines]))}} if {
	{"network.interfaces", "network.hosts"} & facts.known == {"network.interfaces", "network.hosts"}
	count(_lines) > 0
	count(_own) > 0
	count(network.dhcp) == 0
	count([l | some l in _lines; network.canonical(l.address) in _own]) == 0
}
