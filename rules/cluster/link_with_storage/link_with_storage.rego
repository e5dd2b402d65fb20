# METADATA
# scope: package
# title: "Corosync has no link away from the storage traffic of {storages}"
# description: |
#  Every link address of this node lies in a network that {storages} are reached over.
#  Corosync needs answers within milliseconds; moving guests and disks away before the
#  conversion, or the first full backup after it, fills that network, tokens are lost and
#  nodes drop out. With HA they reset themselves.
# custom:
#  id: PVE-CLU-020
#  kind: pitfall
#  category: configuration
#  severity: minor
#  component: corosync
#  account: none
#  workaround: |
#   Give corosync a link over another card or VLAN with priority in the switch: ring1_addr
#   for each node in /etc/pve/corosync.conf, config_version raised. Until then limit the bulk
#   traffic (`pvesh set /cluster/options --bwlimit migration=50000,move=50000`).
#  test:
#   before: |
#    `corosync-cfgtool -n` lists only addresses of the storage network, and `journalctl -u
#    corosync | grep -c Retransmit` counts up during a backup.
#   after: |
#    `corosync-cfgtool -n` lists a link in a network of its own as connected, and `journalctl
#    -u corosync | grep -c Retransmit` prints 0 for the day of the conversion.
#  phase: prepare
#  targets: [proxmox]
#  sources:
#   - https://pve.proxmox.com/pve-docs/chapter-pvecm.html#pvecm_cluster_network_requirements
package rules.cluster.link_with_storage

import data.lib.facts
import data.lib.network
import data.lib.pve

_cidrs[pve.bare(a.cidr)] contains a.cidr if {
	some n in input.network.interfaces
	some a in n.addresses
	network.ip(pve.bare(a.cidr))
	net.cidr_is_valid(a.cidr)
}

_servers[id] contains {"address": address, "at": s.at} if {
	some id, s in facts.storages
	s.section.type in {"cephfs", "cifs", "esxi", "iscsi", "nfs", "pbs", "zfs"}
	not _off(s)
	some key in ["portal", "server"]
	address := _host(s.properties[key].property.value)
	network.ip(address)
}

_off(s) if facts.truthy(s.properties.disable.property.value)

# A portal of iSCSI may have a port.
_host(text) := split(text, ":")[0] if {
	regex.match(`^[0-9.]+:[0-9]+$`, text)
} else := text

_shared[address] contains id if {
	some address in pve.local_node.addresses
	some cidr in _cidrs[address]
	some id, list in _servers
	some s in list
	net.cidr_contains(cidr, s.address)
}

findings contains {"at": sort({pve.local_node.at} | {s.at | some id in ids; some s in _servers[id]}), "vars": {"storages": concat(", ", sort(ids))}} if {
	pve.clustered
	count(_shared) > 0
	{a | some a in pve.local_node.addresses} == object.keys(_shared)
	ids := {id | some list in _shared; some id in list}
}
