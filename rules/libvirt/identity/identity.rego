# METADATA
# scope: package
# title: Domains of libvirt
# description: |
#  Defines a domain for each virtual machine of this node: its name, its UUID and
#  what the firmware says of the machine, to which licences are bound. A UUID
#  that the configuration does not have is made of host and vmid, because libvirt
#  would choose another one at each definition.
# custom:
#  targets: [libvirt]
#  sources:
#   - https://libvirt.org/formatdomain.html#general-metadata
#   - https://pve.proxmox.com/wiki/Manual:_qm.conf
package rules.libvirt.identity

import data.lib.domains
import data.lib.facts

_uuid := `^[0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}$`

# UUIDs by vmid, of the configuration; that of a machine which was copied by hand names two.
_given[vmid] := lower(uuid) if {
	some vmid, g in domains.list
	uuid := facts.field(g.config.smbios1.property, "uuid")
	regex.match(_uuid, uuid)
}

_holders[uuid] contains vmid if some vmid, uuid in _given

_own(vmid) := _given[vmid] if {
	count(_holders[_given[vmid]]) == 1
} else := concat("-", [substring(hash, 0, 8), substring(hash, 8, 4), concat("", ["5", substring(hash, 13, 3)]), concat("", ["8", substring(hash, 17, 3)]), substring(hash, 20, 12)]) if {
	hash := crypto.sha256(sprintf("%s/%d", [input.host.name, vmid]))
}

parts contains {"at": at, "document": domains.document(vmid), "path": path, "value": value} if {
	some vmid, g in domains.list
	some [at, path, value] in [
		[domains.at(g, ["name"]), ["name"], domains.name(vmid)],
		[domains.at(g, ["smbios1"]), ["uuid"], _own(vmid)],
		[domains.at(g, []), ["metadata", "guest", "vmid"], vmid],
	]
}

parts contains {"at": [g.config.vmgenid.at], "document": domains.document(vmid), "path": ["genid"], "value": lower(id)} if {
	some vmid, g in domains.list
	id := domains.value(g, "vmgenid")
	regex.match(_uuid, id)
}

parts contains {"at": [g.config.ostype.at], "document": domains.document(vmid), "path": path, "value": value} if {
	some vmid, g in domains.list
	os := data.catalog.libvirt_os[domains.value(g, "ostype")]
	some [path, value] in [
		[["metadata", "guest", "ostype"], domains.value(g, "ostype")],
		[["metadata", "osinfo", "os", "id"], os],
	]
}

parts contains {"at": [g.config.tags.at], "document": domains.document(vmid), "path": ["metadata", "guest", "tags"], "value": tags} if {
	some vmid, g in domains.list
	tags := [tag |
		some tag in regex.split(`[;, ]+`, domains.value(g, "tags"))
		regex.match(`^[A-Za-z0-9_][A-Za-z0-9_+.-]*$`, tag)
	]
	count(tags) > 0
}

parts contains {"at": [g.config[key].at], "document": domains.document(vmid), "path": ["metadata", "guest", key], "value": true} if {
	some vmid, g in domains.list
	some key in ["protection", "template"]
	domains.on(g, key)
}

# What the firmware says of the machine; PVE keeps it as base64 where it is more than a word.
_entries[vmid][name] := text if {
	some vmid, g in domains.list
	property := g.config.smbios1.property
	some name in ["manufacturer", "product", "version", "serial", "sku", "family"]
	text := _text(property, facts.field(property, name))
	regex.match(`^[ -~]{1,255}$`, text)
}

_text(property, value) := base64.decode(value) if {
	_encoded(property)
	regex.match(`^([A-Za-z0-9+/]{4})*([A-Za-z0-9+/]{2}==|[A-Za-z0-9+/]{3}=)?$`, value)
}

_text(property, value) := value if not _encoded(property)

_encoded(property) if facts.truthy(facts.field(property, "base64"))

parts contains {"at": [domains.list[vmid].config.smbios1.at], "document": domains.document(vmid), "path": path, "value": value} if {
	some vmid, entries in _entries
	some [path, value] in array.concat(
		[[["sysinfo", "type"], "smbios"], [["os", "smbios", "mode"], "sysinfo"]],
		[[["sysinfo", "system", "entry", name], text] | some name, text in entries],
	)
}
