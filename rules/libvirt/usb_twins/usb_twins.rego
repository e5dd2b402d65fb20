# METADATA
# scope: package
# title: "VM {vmid} asks for a USB device of which there are two: {devices}"
# description: |
#  {vmid} ({name}) gets {devices}. The domain names a device by vendor and product, and
#  more than one with these ids is plugged in, or another line of the machine means the
#  same ids. PVE takes the first, or the one at the port. libvirt takes none: the domain
#  does not start as long as it cannot tell them apart. Dongles for radio and serial
#  ports are often made with the same converter.
# custom:
#  id: PVE-LV-069
#  kind: pitfall
#  category: configuration
#  severity: critical
#  component: USB devices of virtual machines
#  account: review
#  workaround: |
#   Unplug the second one, or give one of them a number of its own where its maker has a
#   tool for it. Else take the hostdev out of the domain (`virsh edit NAME`) and plug the
#   device in when it appears: a rule of udev by serial number that runs `virsh attach-device
#   NAME FILE`, where FILE has a hostdev with <address bus="…" device="…"/> as its source.
#  test:
#   before: |
#    `lsusb` on PVE prints the ids of {devices} on two lines.
#   after: |
#    `virsh start` of the domain prints no "Multiple USB devices", and `lsusb` inside of the
#    guest prints the right one.
#  phase: boot
#  targets: [libvirt]
#  sources:
#   - https://libvirt.org/formatdomain.html#usb-pci-scsi-devices
#   - https://gitlab.com/libvirt/libvirt/-/blob/master/src/hypervisor/virhostdev.c
package rules.libvirt.usb_twins

import data.lib.domainusb
import data.lib.pve

_plugged[lower(sprintf("%s:%s", [d.vendor, d.product]))] contains d.path if some d in input.hardware.usb

_lines[vmid][id] contains key if {
	some vmid, list in domainusb.list
	some key, u in list
	id := domainusb.ids(u.property)
}

_twins[vmid] contains {"word": sprintf("%s %s", [key, id]), "at": domainusb.list[vmid][key].at} if {
	some vmid, ids in _lines
	some id, keys in ids
	_several(id, keys)
	some key in keys
}

_several(id, _) if count(_plugged[id]) > 1

_several(_, keys) if count(keys) > 1

findings contains {"at": sort({t.at | some t in list}), "vars": {"vmid": vmid, "name": pve.name(vmid), "devices": concat(", ", sort({t.word | some t in list}))}} if {
	some vmid, list in _twins
}
