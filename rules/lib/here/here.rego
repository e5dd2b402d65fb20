# METADATA
# title: What leads to this host
# description: Names and addresses under which this host reaches itself.
package lib.here

import data.lib.pve

# METADATA
# title: Names and addresses of this host
names contains name if some name in ["localhost", "127.0.0.1", "::1", input.host.name]

names contains concat(".", [input.host.name, input.host.domain])

names contains pve.bare(a.cidr) if {
	some n in input.network.interfaces
	some a in n.addresses
}

names contains pve.bare(a.cidr) if {
	some l in input.network.links
	some a in l.addresses
}
