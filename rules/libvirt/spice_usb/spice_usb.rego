# METADATA
# scope: package
# title: Ports for USB over SPICE without SPICE
# description: |
#  {ports} are ports for devices of the viewer, but the display of these machines
#  is not one of SPICE (qxl or virtio). They were of no use on PVE, and libvirt starts
#  no domain with such a port: the domains are without them.
# custom:
#  id: PVE-LV-058
#  kind: pitfall
#  category: configuration
#  severity: minor
#  component: USB redirection
#  account: lost
#  workaround: |
#   Where the port is wanted, give the machine such a display on PVE (`qm set VMID
#   --vga qxl`) and capture again; else take it out (`qm set VMID --delete usbN`).
#  test:
#   before: |
#    `qm config VMID | grep -e usb -e vga` on PVE prints spice and no qxl or virtio.
#   after: |
#    `virsh dumpxml NAME | grep redirdev` on the trial system prints a port for each
#    machine that shall have one.
#  phase: prepare
#  targets: [libvirt]
#  sources:
#   - https://libvirt.org/formatdomain.html#redirected-devices
#   - https://pve.proxmox.com/wiki/SPICE
package rules.libvirt.spice_usb

import data.lib.domains
import data.lib.domainusb

_ports contains {"name": sprintf("%d %s", [vmid, key]), "at": u.at} if {
	some vmid, list in domainusb.list
	some key, u in list
	domainusb.spice(u.property)
	not domains.spice(domains.list[vmid])
}

findings contains {"at": sort([p.at | some p in _ports]), "vars": {"ports": concat(", ", sort([p.name | some p in _ports]))}} if count(_ports) > 0
