# METADATA
# scope: package
# title: "No interface of this host has its corosync address {addresses}"
# description: |
#  corosync.conf gives this node {addresses}, but neither /etc/network/interfaces nor a link
#  of the running host has it. Corosync binds to that address at start and has no link
#  without it. The node was given another address by hand or by DHCP, or the one of another
#  network is meant; NixOS sets up the interfaces that are configured, and the node stays
#  outside the cluster.
# custom:
#  id: PVE-CLU-021
#  kind: pitfall
#  category: configuration
#  severity: major
#  component: corosync
#  account: none
#  workaround: |
#   Put the address on its interface in /etc/network/interfaces (`ifreload -a`), or write the
#   right one into /etc/pve/corosync.conf with config_version raised.
#  test:
#   before: |
#    `ip -br address | grep -F {addresses}` prints nothing.
#   after: |
#    `ip -br address` shows the address on PVE and on the trial system, and `corosync-cfgtool
#    -s` all nodes as connected.
#  phase: prepare
#  targets: [proxmox]
#  sources:
#   - https://pve.proxmox.com/pve-docs/chapter-pvecm.html#_corosync_addresses
#   - https://manpages.debian.org/trixie/corosync/corosync.conf.5.en.html
package rules.cluster.own_address

import data.lib.facts
import data.lib.network
import data.lib.pve

_have contains network.canonical(pve.bare(a.cidr)) if {
	some n in input.network.interfaces
	some a in n.addresses
}

_have contains network.canonical(pve.bare(a.cidr)) if {
	some l in input.network.links
	some a in l.addresses
}

_configured_by_others if {
	some n in input.network.interfaces
	some m in n.methods
	m.method in {"auto", "dhcp"}
}

_missing contains address if {
	some address in pve.local_node.addresses
	network.ip(address)
	not network.canonical(address) in _have
}

findings contains {"at": [pve.local_node.at], "vars": {"addresses": concat(", ", sort(_missing))}} if {
	"network.interfaces" in facts.known
	pve.clustered
	count(_missing) > 0
	not _unseen
}

# An address that DHCP gives is seen on the running host only.
_unseen if {
	_configured_by_others
	not "network.live" in facts.known
}
