# METADATA
# scope: package
# title: Firewall files of other nodes and their guests
# description: |
#  The files of the whole cluster are in its database, which is copied. What they
#  say of other nodes and of guests that run there is theirs to act on, and so are
#  security groups that nothing on this node names, the files of virtual networks where
#  the firewall of iptables runs, which does not read them, and files of guests that say
#  nothing but that their firewall is off.
# custom:
#  targets: [proxmox]
#  sources:
#   - https://pve.proxmox.com/wiki/Proxmox_Cluster_File_System_(pmxcfs)
package rules.firewall.elsewhere

import data.lib.facts
import data.lib.firewall
import data.lib.guestfilters
import data.rules.firewall.guest_rules_inactive

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
# title: Lines that do not act here
lines := _files | _unnamed

_files contains p if {
	some i, f in input.network.firewall
	_other(f)
	some p in firewall.file_nodes(f, sprintf("/network/firewall/%d", [i]))
}

_files contains p if {
	some i, f in input.network.firewall
	_other(f)
	some j, _ in f.anomalies
	p := sprintf("/network/firewall/%d/anomalies/%d", [i, j])
}

_unnamed contains p if {
	firewall.guests_on
	some g in firewall.groups
	some k, _ in g.rules
	p := sprintf("%s/rules/%d", [g.at, k])
	not p in _acting
}

# Rules of groups that act on this host or on a guest of it.
_acting contains p if {
	firewall.on
	some entry in firewall.rules
	some p in entry.at
}

_acting contains p if some p in guestfilters.nodes(guestfilters.active)

_other(f) if {
	f.scope == "node"
	f.name != input.host.name
}

_other(f) if {
	f.scope == "guest"
	_elsewhere[f.name]
}

# The firewall of iptables reads no files of virtual networks; where the main switch is off all files are carried anyway.
_other(f) if {
	f.scope == "vnet"
	firewall.guests_on
	not firewall.options.node.nftables.value == "1"
}

# A guest's file that only says that its firewall is off.
_other(f) if {
	f.scope == "guest"
	firewall.guests_on
	f.name in guest_rules_inactive.quiet
}

_elsewhere[sprintf("%d", [g.vmid])] if {
	some g in input.guests
	not g.local
}
