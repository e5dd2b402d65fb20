# METADATA
# scope: package
# title: Corosync looks its nodes up by name
# description: |
#  corosync.conf has names instead of addresses: {names}. Corosync resolves them once at
#  start. On NixOS it may start before the resolver, and a name that only DNS knows, or
#  that /etc/hosts gives another address, leaves this node outside the cluster.
# custom:
#  id: PVE-CLU-006
#  kind: pitfall
#  category: configuration
#  severity: major
#  component: corosync
#  equivalent: networking.hosts
#  account: none
#  workaround: |
#   Write the addresses into /etc/pve/corosync.conf (ring0_addr …, config_version
#   raised). Otherwise give each name to networking.hosts with the address that all
#   nodes use.
#  test:
#   before: |
#    `grep ring /etc/pve/corosync.conf` shows {names}.
#   after: |
#    `grep ring /etc/pve/corosync.conf` shows addresses, and `corosync-cfgtool -s` on the
#    trial system lists all nodes as connected.
#  phase: prepare
#  targets: [proxmox]
#  sources:
#   - https://pve.proxmox.com/pve-docs/chapter-pvecm.html#_corosync_addresses
package rules.cluster.ring_names

import data.lib.network

_names contains {"at": sprintf("/cluster/nodes/%d", [i]), "name": address} if {
	some i, n in input.cluster.nodes
	some address in n.addresses
	address != ""
	not network.ip(address)
}

findings contains {"at": sort({n.at | some n in _names}), "vars": {"names": concat(", ", sort({n.name | some n in _names}))}} if count(_names) > 0
