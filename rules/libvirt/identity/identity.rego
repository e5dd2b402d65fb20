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

import data.lib.domainidentity
import data.lib.domains

parts contains {"at": at, "document": domains.document(vmid), "path": path, "value": value} if {
	some vmid, g in domains.list
	some [at, path, value] in [
		[domains.at(g, ["name"]), ["name"], domains.name(vmid)],
		[domains.at(g, ["smbios1"]), ["uuid"], domains.uuids[vmid]],
		[domains.at(g, []), ["metadata", "guest", "vmid"], vmid],
	]
}

parts contains {"at": [g.config.vmgenid.at], "document": domains.document(vmid), "path": ["genid"], "value": lower(id)} if {
	some vmid, g in domains.list
	id := domains.value(g, "vmgenid")
	regex.match(domains.uuid_form, id)
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
	tags := domainidentity.tags(g).kept
	count(tags) > 0
}

parts contains {"at": [g.config[key].at], "document": domains.document(vmid), "path": ["metadata", "guest", key], "value": true} if {
	some vmid, g in domains.list
	some key in ["protection", "template"]
	domains.on(g, key)
}

parts contains {"at": [domains.list[vmid].config.smbios1.at], "document": domains.document(vmid), "path": path, "value": value} if {
	some vmid, entries in domainidentity.entries
	some [path, value] in array.concat(
		[[["sysinfo", "type"], "smbios"], [["os", "smbios", "mode"], "sysinfo"]],
		[[["sysinfo", "system", "entry", name], text] | some name, text in entries],
	)
}
