# METADATA
# scope: package
# title: "Replication jobs are left of guests that do not exist: {jobs}"
# description: |
#  No node has the guests of {jobs}. The jobs do nothing until a guest gets the number again:
#  a restore under the old number, which is what one does after a conversion, is then
#  replicated to the target without anybody having asked for it, and fails there on the old
#  copy's disks.
# custom:
#  id: PVE-REP-009
#  kind: pitfall
#  category: configuration
#  severity: minor
#  component: replication
#  account: none
#  workaround: |
#   Remove them (`pvesr delete JOB --force`), and the old copies on the target (`pvesm list
#   STORAGE --vmid VMID`, `pvesm free VOLUME`).
#  test:
#   before: |
#    `pvesr list` shows {jobs}, and `pvesh get /cluster/resources --type vm` no such guest.
#   after: |
#    `pvesr list` shows only jobs of guests that exist.
#  phase: prepare
#  targets: [proxmox]
#  sources:
#   - https://pve.proxmox.com/pve-docs/chapter-pvesr.html
package rules.replication.guest_gone

import data.lib.facts
import data.lib.replication

_guests := {g.vmid | some g in input.guests}

_left[id] := job if {
	some id, job in replication.jobs
	not job.vmid in _guests
}

findings contains {"at": sort([j.at | some j in _left]), "vars": {"jobs": concat(", ", sort(object.keys(_left)))}} if {
	"guests" in facts.known
	count(_left) > 0
}
