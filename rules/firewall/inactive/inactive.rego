# METADATA
# scope: package
# title: Firewall files that are switched off
# description: |
#  Where the main switch is off, no line of any file filters, on PVE or on NixOS. The
#  lines stay where they are, in the database of the cluster, which is copied.
# custom:
#  targets: [proxmox]
#  sources:
#   - https://pve.proxmox.com/pve-docs/chapter-pve-firewall.html
package rules.firewall.inactive

import data.lib.facts
import data.lib.firewall

carries contains {
	"at": sort(lines),
	"path": "/var/lib/pve-cluster/config.db",
	"to": "/var/lib/pve-cluster/config.db",
	"mode": "0600",
	"secret": true,
} if {
	facts.packages["pve-cluster"]
	count(lines) > 0
}

# METADATA
# title: Lines that no switch puts in force
lines contains p if {
	firewall.read
	not firewall.guests_on
	some i, f in input.network.firewall
	f.scope in {"cluster", "guest", "vnet"}
	some p in firewall.file_nodes(f, sprintf("/network/firewall/%d", [i]))
}

# The same goes for the node's file when the host's firewall is off, whichever switch it is.
lines contains p if {
	firewall.read
	not firewall.on
	some p in firewall.nodes.node
}
