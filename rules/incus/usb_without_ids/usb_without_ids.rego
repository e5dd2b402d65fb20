# METADATA
# scope: package
# title: "USB devices of VMs are left out: {devices}"
# description: |
#  Incus knows a USB device by vendor and product, or by the numbers that the kernel
#  gives it anew each time. A port says neither. Where one device of its kind was
#  plugged into the port, the instance gets that device by its ids, in whatever port it
#  is from now on; these ports were empty, or there were twins, of which Incus would
#  hand in both. What is plugged in there does not reach the VM.
# custom:
#  id: PVE-INC-021
#  kind: gap
#  category: feature
#  severity: major
#  component: USB passthrough
#  account: lost
#  workaround: |
#   Name the device by its ids: `lsusb` on PVE prints them, then `incus config device
#   add NAME usb0 usb vendorid=10c4 productid=ea60`. Of two equal sticks take the
#   serial: serial=… as `lsusb -v` prints it. For everything in one port pass the
#   controller through as a pci device.
#  test:
#   before: |
#    `qm config VMID` on PVE prints host=1-4 for {devices}.
#   after: |
#    `lsusb` in the guest on the trial system prints the device.
#  phase: boot
#  targets: [incus]
#  sources:
#   - https://linuxcontainers.org/incus/docs/main/reference/devices_usb/
#   - https://pve.proxmox.com/wiki/Manual:_qm.conf
package rules.incus.usb_without_ids

import data.lib.drives
import data.lib.facts
import data.lib.incus
import data.lib.pve

_devices contains {"vmid": vmid, "key": key, "at": p.at, "property": p.property} if {
	some vmid, g in pve.vms
	some key, p in g.config
	regex.match(`^usb[0-9]{1,2}$`, key)
}

_mapped[m.id] contains id if {
	some m in input.mappings
	m.type == "usb"
	some p in m.properties
	p.key == "map"
	facts.field(p, "node") == input.host.name
	id := facts.field(p, "id")
}

# What was in a port, where no other device has the same ids.
_plugged := object.union_n([{d.path: id} |
	some d in input.hardware.usb
	id := lower(sprintf("%s:%s", [d.vendor, d.product]))
	count(_twins[id]) == 1
])

_twins[lower(sprintf("%s:%s", [d.vendor, d.product]))] contains i if some i, d in input.hardware.usb

_id(property) := _pair(facts.field(property, "host")) if {
	true
} else := _pair(_plugged[facts.field(property, "host")]) if {
	true
} else := _pair(min(_mapped[facts.field(property, "mapping")]))

_pair(text) := [found[0][1], found[0][2]] if {
	found := regex.find_all_string_submatch_n(`^(?:0x)?([0-9a-f]{4}):(?:0x)?([0-9a-f]{4})$`, lower(text), 1)
	count(found) == 1
}

# Without the device the VM starts, as on PVE.
parts contains incus.device(d.vmid, [d.at], d.key, {"type": "usb", "vendorid": vendor, "productid": product, "required": "false"}) if {
	some d in _devices
	[vendor, product] := _id(d.property)
}

_left contains d if {
	some d in _devices
	not _id(d.property)
	not _redirected(d.property)
}

# The console of Incus has the ports through which a viewer hands devices in.
_redirected(property) if lower(facts.field(property, "host")) == "spice"

findings contains {"at": sort([d.at | some d in _left]), "vars": {"devices": drives.words(_left)}} if count(_left) > 0
