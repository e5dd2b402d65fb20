# METADATA
# title: USB devices of virtual machines
# description: Which device of the host a line means.
package lib.domainusb

import data.lib.domains
import data.lib.facts

# METADATA
# title: USB lines by virtual machine and key
# description: vmid → key → {at, property, index}
list[vmid][key] := {"at": p.at, "property": p.property, "index": to_number(trim_prefix(key, "usb"))} if {
	some vmid, g in domains.list
	some key, p in g.config
	regex.match(`^usb(0|[1-9][0-9]?)$`, key)
}

# METADATA
# title: Whether a line is a port for SPICE
spice(property) if lower(facts.field(property, "host")) == "spice"

# METADATA
# title: Vendor and product of a line
# description: |
#  In small letters, with a colon. Of a port, what is plugged in there. Undefined
#  where nobody knows.
ids(property) := id if {
	id := lower(regex.replace(facts.field(property, "host"), `0[xX]`, ""))
	regex.match(_form, id)
} else := id if {
	id := _plugged[facts.field(property, "host")]
} else := id if {
	some id in _mapped[facts.field(property, "mapping")]
	count(_mapped[facts.field(property, "mapping")]) == 1
}

_form := `^[0-9a-f]{4}:[0-9a-f]{4}$`

_plugged[d.path] := id if {
	some d in input.hardware.usb
	id := lower(sprintf("%s:%s", [d.vendor, d.product]))
	regex.match(_form, id)
}

_mapped[m.id] contains id if {
	some m in input.mappings
	m.type == "usb"
	some p in m.properties
	p.key == "map"
	facts.field(p, "node") == input.host.name
	id := lower(facts.field(p, "id"))
	regex.match(_form, id)
}
