# METADATA
# scope: package
# title: Adapters that the disks of domains hang on
# description: |
#  SCSI and AHCI adapters of the model and in the slot that PVE gives them. With
#  virtio-scsi-single each disk has an adapter of its own, and a thread where the
#  disk asks for one.
# custom:
#  targets: [libvirt]
#  sources:
#   - https://libvirt.org/formatdomain.html#controllers
#   - https://git.proxmox.com/?p=qemu-server.git;a=blob;f=src/PVE/QemuServer/DriveDevice.pm
package rules.libvirt.adapters

import data.lib.domaindisks
import data.lib.domains
import data.lib.facts
import data.lib.pcibus

parts contains {"at": at, "document": domains.document(vmid), "path": ["devices", "controllers", adapter.name], "value": value} if {
	some vmid, adapters in domaindisks.adapters
	some number, adapter in adapters
	at := sort(_hardware(vmid) | {d.at | some d in _disks(vmid, number)})
	value := object.union_n([
		{"type": "scsi", "index": adapter.index, "model": _model(vmid), "alias": {"name": concat("", ["ua-", adapter.name])}},
		{"address": address | address := pcibus.address(vmid, adapter.name)},
		_driver(vmid, number),
	])
}

_hardware(vmid) := {domains.list[vmid].config.scsihw.at | domains.list[vmid].config.scsihw}

_disks(vmid, number) := {key: d |
	some key, d in domaindisks.drives[vmid]
	d.bus == "scsi"
	domaindisks.adapter_number(vmid, d.index) == number
}

_model(vmid) := data.catalog.libvirt_scsi_models[domaindisks.scsihw(domains.list[vmid])].model if {
	true
} else := "lsilogic"

# One disk an adapter, or neither threads nor queues.
_driver(vmid, number) := {"driver": driver} if {
	driver := object.union_n([part |
		domaindisks.scsihw(domains.list[vmid]) == "virtio-scsi-single"
		some key, d in _disks(vmid, number)
		some part in [
			{"iothread": domaindisks.threads[vmid][key] | domaindisks.threads[vmid][key]},
			{"queues": to_number(facts.field(d.property, "queues")) | regex.match(`^[1-9][0-9]{0,2}$`, facts.field(d.property, "queues"))},
		]
	])
	count(driver) > 0
} else := {}

parts contains {"at": at, "document": domains.document(vmid), "path": ["devices", "controllers", "ahci0"], "value": value} if {
	some vmid, list in domaindisks.drives
	at := sort([d.at | some d in list; d.bus == "sata"])
	count(at) > 0
	value := object.union({"type": "sata", "index": domaindisks.ahci(vmid), "alias": {"name": "ua-ahci0"}}, {"address": address | address := pcibus.address(vmid, "ahci0")})
}
