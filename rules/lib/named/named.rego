# METADATA
# title: Guests of this host by the names that services know them by
# description: |
#  Says whether a server that the host depends on (a directory, a mail or time server, a
#  metric server) is a guest of this very host. A name counts where its first label is the
#  guest's name and its domain is the host's own, an address where the guest has it set.
package lib.named

import data.lib.facts
import data.lib.pve

_labels[label] contains vmid if {
	some vmid, g in facts.guests
	not pve.template(g)
	some key in ["name", "hostname"]
	label := lower(split(g.config[key].property.value, ".")[0])
}

_addresses[address] contains vmid if {
	some vmid, g in facts.guests
	not pve.template(g)
	some key, p in g.config
	regex.match(`^(net|ipconfig)[0-9]+$`, key)
	some field in ["ip", "ip6"]
	address := split(facts.field(p.property, field), "/")[0]
}

# METADATA
# title: The host of an address or URL
# description: Without scheme, brackets, port and path.
host(text) := trim(found[0][1], "[]") if {
	found := regex.find_all_string_submatch_n(`^(?:[a-z][a-z0-9+.-]*://)?(?:[^/@]*@)?(\[[0-9A-Fa-f:.]+\]|[^/:\s]+)(?::[0-9]+)?(?:/.*)?$`, trim_space(text), 1)
	count(found) == 1
} else := trim_space(text)

# Two names belong together where their last two labels are the same.
_zone(name) := concat(".", array.slice(labels, count(labels) - 2, count(labels))) if {
	labels := split(lower(trim_suffix(name, ".")), ".")
	count(labels) > 2
}

# METADATA
# title: The guest of this host that a server's name or address belongs to
# description: Its vmid; undefined where it is none, and for names of other domains.
guest(server) := min(_addresses[server])

guest(server) := min(_labels[lower(server)]) if {
	not contains(server, ".")
	not _addresses[server]
}

guest(server) := min(_labels[lower(split(server, ".")[0])]) if {
	not _addresses[server]
	domain := object.get(input.host, "domain", "")
	_zone(server) == _zone(sprintf("host.%s", [domain]))
}

# METADATA
# title: A guest for readers
# description: vmid and name
title(vmid) := sprintf("%d (%s)", [vmid, pve.name(vmid)])
