# METADATA
# scope: package
# title: "No interface of this host is in the {purpose} network {network}"
# description: |
#  datacenter.cfg sends the {purpose} of guests through {network}, and this host has no
#  address in it. A transfer to or from this node ends with "no IP address configured on
#  local node for network", so guests cannot be moved away before the conversion nor back
#  after it.
# custom:
#  id: PVE-CLU-026
#  kind: pitfall
#  category: configuration
#  severity: minor
#  component: migration of guests
#  account: none
#  workaround: |
#   Give the host an address in {network}, or change the setting (`pvesh set /cluster/options
#   --migration type=secure,network=CIDR`, likewise --replication) to a network that all
#   nodes are in.
#  test:
#   before: |
#    `pvecm mtunnel --migration_network {network} --get_migration_ip` ends with an error.
#   after: |
#    `pvecm mtunnel --migration_network {network} --get_migration_ip` prints "ip: " with an
#    address of this host, on PVE and on the trial system.
#  phase: prepare
#  targets: [proxmox]
#  sources:
#   - https://git.proxmox.com/?p=pve-cluster.git;a=blob;f=src/PVE/CLI/pvecm.pm
#   - https://pve.proxmox.com/pve-docs/chapter-qm.html#_migration
package rules.cluster.migration_network

import data.lib.facts
import data.lib.network
import data.lib.pve

_addresses contains pve.bare(a.cidr) if {
	some n in input.network.interfaces
	some a in n.addresses
}

_addresses contains pve.bare(a.cidr) if {
	some l in input.network.links
	some a in l.addresses
}

_reached(cidr) if {
	some address in _addresses
	network.ip(address)
	net.cidr_contains(cidr, address)
}

# An address that DHCP gives is seen on the running host only.
_unseen if {
	some n in input.network.interfaces
	some m in n.methods
	m.method in {"auto", "dhcp"}
	not "network.live" in facts.known
}

findings contains {"at": [sprintf("/datacenter/options/%d", [i])], "vars": {"purpose": p.key, "network": cidr}} if {
	pve.clustered
	"network.interfaces" in facts.known
	some i, p in input.datacenter.options
	p.key in {"migration", "replication"}
	cidr := facts.field(p, "network")
	net.cidr_is_valid(cidr)
	not _reached(cidr)
	not _unseen
}
