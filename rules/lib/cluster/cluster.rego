# METADATA
# title: The cluster as corosync has it
# description: |
#  Who is a member, and what corosync.conf says by key. A folder below
#  /etc/pve/nodes that corosync does not name is a leftover and no member.
package lib.cluster

import data.lib.facts

# METADATA
# title: Lines of corosync.conf by key
# description: key → {property, at}; of a key that repeats, the first.
lines := facts.by_key(input.cluster.corosync, "/cluster/corosync")

# METADATA
# title: The text of a line of corosync.conf
value(key) := lines[key].property.value

# METADATA
# title: Members of the cluster
# description: name → {node, at}; a host of its own is its only member.
members[name] := {"node": input.cluster.nodes[i], "at": sprintf("/cluster/nodes/%d", [i])} if {
	some name, places in _places
	i := min(places)
}

# A name that repeats is that of its first node.
_places[n.name] contains i if {
	some i, n in input.cluster.nodes
	n.id > 0
}

_places[n.name] contains i if {
	some i, n in input.cluster.nodes
	n.local
}

# METADATA
# title: Votes of the nodes
votes := sum([m.node.votes | some m in members])

# METADATA
# title: Votes of the quorum device
device_votes := to_number(value("quorum.device.votes")) if {
	regex.match(`^(0|[1-9][0-9]{0,3})$`, value("quorum.device.votes"))
} else := 1 if {
	value("quorum.device.model")
} else := 0
