# METADATA
# scope: package
# title: "Guest {vmid} is locked: {lock}"
# description: |
#  An operation ({lock}) on {vmid} ({name}) runs or was cut off, and its lock
#  stays in the configuration. Nothing starts the guest while it is there, on
#  PVE or after the conversion: PVE takes away only a lock of a backup by
#  itself when a host starts. What was cut off has left something half done,
#  such as a disk without its configuration, a snapshot that exists on one of
#  two disks, or the same guest on two nodes.
# custom:
#  id: PVE-VM-014
#  kind: pitfall
#  category: configuration
#  severity: major
#  component: locks of guests
#  account: review
#  workaround: |
#   Look into the task log of the operation. Check the volumes (`pvesm list
#   STORAGE --vmid {vmid}`) and snapshots of the guest, and for a migration
#   that it does not run on the other node. Only then `qm unlock {vmid}` or
#   `pct unlock {vmid}`.
#  test:
#   before: |
#    `grep ^lock: /etc/pve/*/{vmid}.conf` on PVE prints `lock: {lock}`.
#   after: |
#    `grep ^lock: /etc/pve/*/{vmid}.conf` prints nothing, and `qm start {vmid}`
#    or `pct start {vmid}` on PVE brings the guest up.
#  phase: prepare
#  sources:
#   - https://pve.proxmox.com/wiki/Manual:_qm.conf
#   - https://pve.proxmox.com/wiki/Manual:_pct.conf
#   - https://git.proxmox.com/?p=pve-manager.git;a=blob;f=PVE/API2/Nodes.pm
package rules.guests.locked

import data.lib.facts
import data.lib.guard
import data.lib.pve

findings contains {"at": [p.at], "vars": {"vmid": vmid, "name": pve.name(vmid), "lock": p.property.value}} if {
	some vmid, g in facts.guests
	p := g.config.lock
	guard.line(p.property.value)
	not p.property.value in {"backup", "mounted"}
	not _hibernated(g, p.property.value)
}

_hibernated(g, lock) if {
	lock in {"suspended", "suspending"}
	g.config.vmstate
}
