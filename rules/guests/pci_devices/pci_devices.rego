# METADATA
# scope: package
# title: "VM {vmid} gets devices of the host: {devices}"
# description: |
#  {vmid} ({name}) holds the PCI devices {devices}. It starts only when the
#  IOMMU is on, each device is bound to vfio-pci and has the same address and
#  group as now. Another kernel may group devices otherwise, bind a driver
#  first, or number them anew; then the VM does not start, or the host gives
#  away a device that it needs itself.
# custom:
#  id: PVE-VM-003
#  kind: pitfall
#  category: configuration
#  severity: critical
#  component: PCI passthrough
#  equivalent: boot.kernelParams, boot.initrd.kernelModules
#  account: review
#  workaround: |
#   Note `lspci -nnk` and the groups (`ls -l /sys/kernel/iommu_groups/*/devices`)
#   on PVE and take onboot off this VM for the trial boot. Compare both there,
#   correct a mapping under Datacenter, Resource Mappings, and start the VM by
#   hand.
#  test:
#   before: |
#    `lspci -nnk` on PVE shows vfio-pci for {devices} while the VM runs.
#   after: |
#    `qm start {vmid}` succeeds on the trial system, the same command shows
#    vfio-pci there, and the guest sees the device.
#  phase: boot
#  targets: [proxmox]
#  sources:
#   - https://pve.proxmox.com/wiki/PCI_Passthrough
#   - https://pve.proxmox.com/pve-docs/chapter-qm.html#qm_pci_passthrough
package rules.guests.pci_devices

import data.lib.facts
import data.lib.pve

_devices[vmid] contains {"at": p.at, "device": _device(p.property)} if {
	some vmid, g in pve.vms
	some key, p in g.config
	regex.match(`^hostpci[0-9]+$`, key)
}

_device(property) := host if {
	host := facts.field(property, "host")
} else := sprintf("mapping %s", [mapping]) if {
	mapping := facts.field(property, "mapping")
} else := property.key

findings contains {"at": sort([d.at | some d in list]), "vars": {"vmid": vmid, "name": pve.name(vmid), "devices": concat(", ", sort([d.device | some d in list]))}} if {
	some vmid, list in _devices
}
