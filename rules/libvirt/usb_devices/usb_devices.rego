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
} else := {}

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
	value := {"type": "usb", "index": 1, "model": "qemu-xhci", "ports": 15, "alias": {"name": "ua-xhci"}, "address": pcibus.address(vmid, "xhci")}
}
