# METADATA
# scope: package
# title: VMs get whatever is plugged into a USB port
# description: |
#  {devices} name a USB port by the number of its bus. The kernel counts buses
#  in the order in which it finds the controllers, and a board has several:
#  under another kernel the same socket is on another bus. The VM starts all
#  the same, without its dongle, or with the device of somebody else.
# custom:
#  id: PVE-VM-017
#  kind: pitfall
#  category: configuration
#  severity: minor
#  component: USB passthrough
#  account: review
#  workaround: |
#   Name the device by its ids where it is the only one of its kind (`qm set
#   VMID --usb0 host=VENDOR:PRODUCT`), else compare `lsusb -t` of both systems
#   in the trial and correct the ports there, or in the mapping.
#  test:
#   before: |
#    `qm config VMID | grep usb` on PVE prints host=BUS-PORT, and `lsusb -t`
#    shows the device there.
#   after: |
#    `lsusb -t` on the trial system shows the device at the port that the
#    configuration names, and `lsusb` inside the guest lists it.
#  phase: boot
#  targets: [proxmox]
#  sources:
#   - https://pve.proxmox.com/wiki/USB_Devices_in_Virtual_Machines
#   - https://docs.kernel.org/usb/usb-help.html
package rules.guests.usb_ports

import data.lib.drives
import data.lib.facts
import data.lib.pve

_ports contains {"vmid": vmid, "key": key, "at": p.at} if {
	some vmid, g in pve.vms
	some key, p in g.config
	regex.match(`^usb[0-9]+$`, key)
	regex.match(`^[0-9]+-[0-9.]+$`, facts.field(p.property, "host"))
}

findings contains {"at": sort([u.at | some u in _ports]), "vars": {"devices": drives.words(_ports)}} if count(_ports) > 0
