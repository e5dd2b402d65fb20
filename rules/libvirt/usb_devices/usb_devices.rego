# METADATA
# scope: package
# title: USB devices of domains
# description: |
#  A device of the host is named by its ids, also where PVE names the port that it
#  is plugged into and the host has seen it there. As on PVE the guest starts
#  without a device that is not plugged in. Ports for SPICE become redirections.
# custom:
#  targets: [libvirt]
#  sources:
#   - https://libvirt.org/formatdomain.html#usb-pci-scsi-devices
#   - https://libvirt.org/formatdomain.html#redirected-devices
#   - https://pve.proxmox.com/wiki/USB_Devices_in_Virtual_Machines
package rules.libvirt.usb_devices

import data.lib.domains
import data.lib.domainusb
import data.lib.facts
import data.lib.pcibus

parts contains {"at": [u.at], "document": domains.document(vmid), "path": ["devices", "hostdevs", key], "value": value} if {
	some vmid, list in domainusb.list
	some key, u in list
	[vendor, product] := split(domainusb.ids(u.property), ":")
	value := object.union(
		{"mode": "subsystem", "type": "usb", "managed": true, "source": {"startup_policy": "optional", "vendor": {"id": concat("", ["0x", vendor])}, "product": {"id": concat("", ["0x", product])}}, "alias": {"name": concat("", ["ua-", key])}},
		_place(vmid, u),
	)
}

parts contains {"at": [u.at], "document": domains.document(vmid), "path": ["devices", "redirdevs", key], "value": value} if {
	some vmid, list in domainusb.list
	domains.spice(domains.list[vmid])
	some key, u in list
	domainusb.spice(u.property)
	value := object.union({"bus": "usb", "type": "spicevmc", "alias": {"name": concat("", ["ua-", key])}}, _place(vmid, u))
}

_place(vmid, u) := {"address": {"type": "usb", "bus": "1", "port": format_int(u.index + 1, 10)}} if {
	vmid in _fast
} else := {"address": {"type": "usb", "bus": "1"}} if {
	_third(u)
} else := {}

_third(u) if facts.truthy(facts.field(u.property, "usb3"))

# Newer machines have a controller of USB 3 for all devices, others let libvirt choose.
_fast contains vmid if {
	some vmid, list in domainusb.list
	count(list) > 0
	g := domains.list[vmid]
	domains.at_least(g, 7001, 0)
	_modern(g)
}

_modern(g) if domains.value(g, "ostype") == "l26"

_modern(g) if domains.windows(g) > 7

parts contains {"at": sort([u.at | some u in domainusb.list[vmid]]), "document": domains.document(vmid), "path": ["devices", "controllers", "xhci"], "value": value} if {
	some vmid in _fast
	value := _controller(vmid, {"model": "qemu-xhci", "ports": 15})
}

# Older machines have one for the devices that ask for it.
parts contains {"at": sort(at), "document": domains.document(vmid), "path": ["devices", "controllers", "xhci"], "value": value} if {
	some vmid, list in domainusb.list
	not vmid in _fast
	at := [u.at | some u in list; _third(u)]
	count(at) > 0
	value := _controller(vmid, {"model": "nec-xhci"})
}

_controller(vmid, kind) := object.union_n([{"type": "usb", "index": 1, "alias": {"name": "ua-xhci"}}, kind, {"address": address | address := pcibus.address(vmid, "xhci")}])
