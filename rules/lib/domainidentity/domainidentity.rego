# METADATA
# title: Who a virtual machine is
# description: What its firmware says of the machine and how people mark it, with what libvirt cannot take of it.
package lib.domainidentity

import data.lib.domains
import data.lib.facts

_names := ["family", "manufacturer", "product", "serial", "sku", "version"]

# METADATA
# title: What the firmware says of the machine
# description: vmid → name → text. PVE keeps it as base64 where it is more than a word.
entries[vmid][name] := text if {
	some vmid, g in domains.list
	property := g.config.smbios1.property
	some name in _names
	text := _text(property, facts.field(property, name))
	regex.match(`^[ -~]{1,255}$`, text)
}

_text(property, value) := base64.decode(value) if {
	_encoded(property)
	regex.match(`^([A-Za-z0-9+/]{4})*([A-Za-z0-9+/]{2}==|[A-Za-z0-9+/]{3}=)?$`, value)
}

_text(property, value) := value if not _encoded(property)

_encoded(property) if facts.truthy(facts.field(property, "base64"))

# METADATA
# title: What of it libvirt cannot be told
# description: vmid → set of names
left_out[vmid] contains name if {
	some vmid, g in domains.list
	some name in _names
	value := facts.field(g.config.smbios1.property, name)
	value != ""
	not entries[vmid][name]
}

# METADATA
# title: Tags of a virtual machine
# description: "{kept, lost}; lost are those that PVE would not take either."
tags(g) := {"kept": [word | some word in words; regex.match(_tag, word)], "lost": [word | some word in words; not regex.match(_tag, word)]} if {
	words := [word | some word in regex.split(`[;, ]+`, domains.value(g, "tags")); word != ""]
}

_tag := `^[A-Za-z0-9_][A-Za-z0-9_+.-]*$`
