# METADATA
# title: Where PVE puts devices of a virtual machine
# description: |
#  Slots of the PCI buses, for domains of libvirt. The numbers of libvirt's
#  controllers are those of PVE's bridges on i440fx. On Q35, 1 to 4 are the root
#  ports that PVE always builds in, 5 is the bridge from PCI Express to PCI, and
#  6 to 10 are PVE's bridges 0 to 4 behind it.
package lib.pcibus

import data.lib.domains

# METADATA
# title: The address of a device by PVE's name for it
# description: Undefined for names that have no slot of their own, and on ARM, where libvirt chooses.
address(vmid, name) := place(bus(vmid, slot.bus), slot.slot, 0) if {
	not arm[vmid]
	slot := data.catalog.libvirt_slots[name]
}

# METADATA
# title: Virtual machines of ARM
arm[vmid] if {
	some vmid, g in domains.list
	domains.value(g, "arch") == "aarch64"
}

# METADATA
# title: A place on a bus as libvirt says it
place(number, slot, function) := {"type": "pci", "domain": "0x0000", "bus": sprintf("0x%02x", [number]), "slot": sprintf("0x%02x", [slot]), "function": sprintf("0x%x", [function])}

# METADATA
# title: The number of libvirt's controller for a bus of PVE
bus(vmid, number) := number + 6 if {
	q35[vmid]
} else := number

# METADATA
# title: Virtual machines of type Q35
q35[vmid] if {
	some vmid, g in domains.list
	domains.q35(g)
}
