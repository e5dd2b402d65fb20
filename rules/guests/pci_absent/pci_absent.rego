# METADATA
# scope: package
# title: "VM {vmid} names devices that are not in this machine: {devices}"
# description: |
#  No PCI device has the address {devices} that {vmid} ({name}) is given. A
#  card was taken out, or a new card or a firmware setting has numbered the bus
#  anew. The VM does not start on PVE either, so that the trial fails for a
#  reason that has nothing to do with the conversion.
# custom:
#  id: PVE-VM-022
#  kind: pitfall
#  category: configuration
#  severity: major
#  component: PCI passthrough
#  account: none
#  workaround: |
#   Find the device again with `lspci -nn` and correct the address (`qm set
#   {vmid} --hostpci0 ADDRESS`) or the mapping, or take the device out (`qm set
#   {vmid} --delete hostpci0`). Make sure that the address is not that of
#   another device now.
#  test:
#   before: |
#    `lspci -s ADDRESS` on PVE prints nothing for {devices}.
#   after: |
#    It prints the device, and `qm start {vmid}` succeeds on PVE.
#  phase: prepare
#  sources:
#   - https://pve.proxmox.com/wiki/PCI_Passthrough
package rules.guests.pci_absent

import data.lib.facts
import data.lib.guard
import data.lib.passthrough
import data.lib.pve

_addresses contains address if {
	some c in input.hardware.pci
	some address in [c.address, regex.replace(c.address, `\.[0-9]$`, "")]
}

_absent[vmid] contains {"address": address, "at": at} if {
	"hardware.pci" in facts.known
	some at, d in passthrough.pci
	some address in d.addresses
	guard.line(address)
	not address in _addresses
	vmid := d.vmid
}

findings contains {
	"at": sort({a.at | some a in list}),
	"vars": {"vmid": vmid, "name": pve.name(vmid), "devices": concat(", ", sort({a.address | some a in list}))},
} if {
	some vmid, list in _absent
}
