# METADATA
# scope: package
# title: "Passed-through devices lose {words}"
# description: |
#  libvirt has no words for these parts of a passed-through device: {words}.
#  Without x-vga a card shows no picture on a guest with SeaBIOS; without legacy-igd
#  the graphics of the processor show none at all; without changed ids the guest may
#  load another driver, or none.
# custom:
#  id: PVE-LV-056
#  kind: gap
#  category: configuration
#  severity: major
#  component: PCI passthrough
#  equivalent: <qemu:override> of a domain
#  account: none
#  workaround: |
#   Say them to QEMU in the domain: `virsh edit NAME`, with xmlns:qemu on the domain
#   and qemu:override naming the device by its alias ua-hostpci0 and the property
#   (x-vga, x-pci-vendor-id, x-igd-opregion). A guest with UEFI needs no x-vga.
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

_words contains {"word": sprintf("%d %s %s", [vmid, key, f.name]), "at": d.at} if {
	some vmid, devices in domainhostdevs.pci
	some key, d in devices
	some f in d.property.fields
	_lost(f)
}

_lost(f) if f.name in {"device-id", "live-migration-capable", "sub-device-id", "sub-vendor-id", "vendor-id"}

_lost(f) if {
	f.name in {"legacy-igd", "x-vga"}
	f.value in {"1", "on", "true", "yes"}
}

_lost(f) if {
	f.name == "driver"
	f.value == "keep"
}

findings contains {"at": sort({w.at | some w in _words}), "vars": {"words": concat(", ", sort([w.word | some w in _words]))}} if count(_words) > 0
