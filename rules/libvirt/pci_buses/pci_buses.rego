# METADATA
# scope: package
# title: PCI buses of domains
# description: |
#  Root ports, bridges and controllers of USB as PVE builds them, at the same
#  places. Guests number buses by them, so that ens18 or enp6s18 keeps its name, and
#  Windows finds its cards again.
# custom:
#  targets: [libvirt]
#  sources:
#   - https://libvirt.org/pci-hotplug.html
#   - https://git.proxmox.com/?p=qemu-server.git;a=blob;f=src/usr/pve-q35-4.0.cfg
#   - https://www.freedesktop.org/software/systemd/man/latest/systemd.net-naming-scheme.html
package rules.libvirt.pci_buses

import data.lib.domaindisks
import data.lib.domains
import data.lib.pcibus

parts contains {"at": [g.at], "document": domains.document(vmid), "path": ["devices", "controllers", sprintf("pci%d", [index])], "value": object.union({"type": "pci", "index": index}, controller)} if {
	some vmid, g in domains.list
	not pcibus.arm[vmid]
	some index, controller in _controllers(vmid)
}

# The controllers of USB that each Q35 has: EHCI with its companions, for the tablet.
parts contains {"at": [g.at], "document": domains.document(vmid), "path": ["devices", "controllers", model], "value": value} if {
	some vmid, g in domains.list
	pcibus.q35[vmid]
	some model, controller in _usb
	value := object.union({"type": "usb", "index": 0, "model": model}, controller)
}

_usb := {
	"ich9-ehci1": {"address": object.union(pcibus.place(0, 29, 7), {"multifunction": true})},
	"ich9-uhci1": {"master": {"startport": 0}, "address": object.union(pcibus.place(0, 29, 0), {"multifunction": true})},
	"ich9-uhci2": {"master": {"startport": 2}, "address": object.union(pcibus.place(0, 29, 1), {"multifunction": true})},
	"ich9-uhci3": {"master": {"startport": 4}, "address": object.union(pcibus.place(0, 29, 2), {"multifunction": true})},
}

_controllers(vmid) := object.union_n([
	_express,
	{6 + number: {"model": "pci-bridge", "target": {"chassis_nr": 6 + number}, "address": pcibus.place(5, number + 1, 0)} |
		some number in numbers.range(0, 3)
	},
	{10: {"model": "pci-bridge", "target": {"chassis_nr": 10}, "address": pcibus.place(7, 28, 0)} | _many_adapters(vmid)},
]) if {
	pcibus.q35[vmid]
} else := {number: {"model": "pci-bridge", "target": {"chassis_nr": number}, "address": pcibus.place(_places[number][0], _places[number][1], 0)} |
	some number in _bridges(vmid)
}

_express := object.union(
	{port: {"model": "pcie-root-port", "model_name": {"name": "pcie-root-port"}, "target": {"chassis": port, "port": sprintf("0x%x", [port])}, "address": object.union(pcibus.place(0, 28, port - 1), {"multifunction": true})} |
		some port in numbers.range(1, 4)
	},
	{5: {"model": "dmi-to-pci-bridge", "model_name": {"name": "i82801b11-bridge"}, "address": pcibus.place(0, 30, 0)}},
)

# Bus and slot; the third stands where other machines have their first adapter.
_places := {1: [0, 30], 2: [0, 31], 3: [0, 5], 4: [1, 28]}

_bridges(vmid) := [1, 2, 3] if {
	domaindisks.scsihw(domains.list[vmid]) == "virtio-scsi-single"
	some d in domaindisks.drives[vmid]
	d.bus == "scsi"
} else := [1, 2, 4] if {
	_many_adapters(vmid)
} else := [1, 2]

_many_adapters(vmid) if {
	domaindisks.scsihw(domains.list[vmid]) != "virtio-scsi-single"
	count(domaindisks.adapters[vmid]) > 2
}
