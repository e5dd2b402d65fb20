# METADATA
# scope: package
# title: "Passed-through devices lose {words}"
# description: |
#  Neither libvirt nor QEMU's properties say these parts of a passed-through device as
#  PVE does: {words}. Without legacy-igd the graphics of the processor show no picture;
#  driver=keep leaves the binding of a driver to its owner, while libvirt binds vfio-pci;
#  no domain says that a device can move while it runs. x-vga and changed ids are said to
#  QEMU itself, by properties of the device.
# custom:
#  id: PVE-LV-056
#  kind: gap
#  category: configuration
#  severity: major
#  component: PCI passthrough
#  equivalent: <qemu:override> of a domain
#  account: none
#  workaround: |
#   For legacy-igd take a machine of type pc, the address 00:02.0 and the property
#   x-igd-opregion by qemu:override (`virsh edit NAME`), as QEMU's notes on IGD say. For
#   driver=keep set managed="no" at the hostdev of alias ua-KEY.
#  test:
#   before: |
#    `qm showcmd VMID --pretty | grep vfio-pci` on PVE prints the property.
#   after: |
#    `virsh domxml-to-native qemu-argv --domain NAME` prints it too, or the guest shows
#    a picture without it.
#  phase: boot
#  targets: [libvirt]
#  sources:
#   - https://libvirt.org/kbase/qemu-passthrough-security.html
#   - https://libvirt.org/drvqemu.html#xml-namespace
#   - https://pve.proxmox.com/wiki/PCI_Passthrough
package rules.libvirt.pci_words

import data.lib.domainhostdevs
import data.lib.domains
import data.lib.facts

_words contains {"word": sprintf("%d %s %s", [vmid, key, f.name]), "at": d.at} if {
	some vmid, devices in domainhostdevs.pci
	some key, d in devices
	some f in d.property.fields
	_lost(f)
}

_lost(f) if f.name == "live-migration-capable"

_lost(f) if {
	f.name == "legacy-igd"
	f.value in {"1", "on", "true", "yes"}
}

_lost(f) if {
	f.name == "driver"
	f.value == "keep"
}

_lost(f) if {
	regex.match(`^(sub-)?(device|vendor)-id$`, f.name)
	not regex.match(_hex, f.value)
}

findings contains {"at": sort({w.at | some w in _words}), "vars": {"words": concat(", ", sort([w.word | some w in _words]))}} if count(_words) > 0

# PVE changes the first function of a card, and gives x-vga to a guest with a BIOS alone.
parts contains {"at": [d.at], "document": domains.document(vmid), "path": ["override", "devices", key], "value": {
	"alias": sprintf("ua-%s", [key]),
	"frontend": {"properties": properties},
}} if {
	some vmid, devices in domainhostdevs.pci
	some key, d in devices
	not d.mdev
	properties := object.union(_ids(d.property), _vga(domains.list[vmid], d.property))
	count(properties) > 0
}

_ids(property) := {name: {"name": sprintf("x-pci-%s", [name]), "type": "unsigned", "value": sprintf("%d", [_number(text)])} |
	some name in ["device-id", "sub-device-id", "sub-vendor-id", "vendor-id"]
	text := facts.field(property, name)
	regex.match(_hex, text)
}

_vga(g, property) := {"x-vga": {"name": "x-vga", "type": "bool", "value": "true"}} if {
	facts.truthy(facts.field(property, "x-vga"))
	not domains.uefi(g)
} else := {}

_hex := `^0x[0-9a-fA-F]{4}$`

# libvirt reads numbers of ten.
_number(text) := sum([n |
	some i, weight in [4096, 256, 16, 1]
	n := indexof("0123456789abcdef", substring(lower(text), 2 + i, 1)) * weight
])
