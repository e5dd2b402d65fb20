# METADATA
# scope: package
# title: "A backup of {vmids} has not ended"
# description: |
#  {vmids} have the lock of a backup. Either vzdump runs right now, and a
#  conversion would cut it off, or it was cut off earlier and the newest backup
#  of these guests is incomplete. PVE removes a lock that is left over when the
#  host starts the guests, so that afterwards nobody sees that a backup is
#  missing.
# custom:
#  id: PVE-VM-015
#  kind: pitfall
#  category: configuration
#  severity: minor
#  component: backup of guests
#  account: review
#  workaround: |
#   Wait for the task to end. If there is none, `qm unlock VMID` or `pct unlock
#   VMID`, make a new backup and see that it ends with OK before you convert.
#  test:
#   before: |
#    `grep -l 'lock: backup' /etc/pve/qemu-server/*.conf /etc/pve/lxc/*.conf`
#    on PVE names {vmids}.
#   after: |
#    It names none, and `vzdump VMID --storage STORAGE` ends with "Backup job
#    finished successfully".
#  phase: prepare
#  sources:
#   - https://pve.proxmox.com/pve-docs/chapter-vzdump.html
#   - https://git.proxmox.com/?p=pve-manager.git;a=blob;f=PVE/API2/Nodes.pm
package rules.guests.backup_cut_off

import data.lib.facts
import data.lib.pve

_locked[vmid] := p.at if {
	some vmid, g in facts.guests
	p := g.config.lock
	p.property.value == "backup"
}

findings contains {"at": sort([at | some at in _locked]), "vars": {"vmids": pve.numbers(object.keys(_locked))}} if count(_locked) > 0
