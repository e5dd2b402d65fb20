# METADATA
# scope: package
# title: A host without packet filter stays without one
# description: |
#  Where PVE's firewall is off, or was on and cannot be said in nftables, NixOS's own
#  firewall is switched off: it is on by default and would close what the host
#  serves today (NFS, migration, consoles, Ceph, monitoring). A finding speaks of
#  each host that had a filter and has none now.
# custom:
#  sources:
#   - https://pve.proxmox.com/pve-docs/chapter-pve-firewall.html
#   - https://search.nixos.org/options?query=networking.firewall.enable
package rules.firewall.no_filter

import data.lib.facts
import data.lib.firewall
import data.lib.network

settings contains {"at": [], "option": ["networking", "firewall", "enable"], "value": false} if _a_host

# The lines stay where they are, in the database of the cluster.
carries contains {
	"at": sort(_inactive),
	"path": "/var/lib/pve-cluster/config.db",
	"to": "/var/lib/pve-cluster/config.db",
	"mode": "0600",
	"secret": true,
} if {
	facts.packages["pve-cluster"]
	count(_inactive) > 0
}

# A snapshot without a network says nothing about ports.
_a_host if count(network.interfaces) > 0

_a_host if count(input.network.firewall) > 0

# Where the main switch is off, no line of any file filters, and none does here.
_inactive contains p if {
	firewall.read
	not firewall.guests_on
	some i, f in input.network.firewall
	f.scope in {"cluster", "guest", "vnet"}
	some p in firewall.file_nodes(f, sprintf("/network/firewall/%d", [i]))
}

# The same goes for the node's file when the host's firewall is off, whichever switch it is.
_inactive contains p if {
	firewall.read
	not firewall.on
	some p in firewall.nodes.node
}
