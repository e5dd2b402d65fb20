# METADATA
# scope: package
# title: "Replication jobs wait for their removal: {jobs}"
# description: |
#  {jobs} were deleted, and the deletion has not come to its end because the node that has to
#  do it does not run it or cannot reach the other. It is tried again and again, after the
#  conversion too; when it succeeds at last it removes the snapshots that the next
#  incremental run of another job needs, and with the mode full the copies on the target.
# custom:
#  id: PVE-REP-008
#  kind: pitfall
#  category: configuration
#  severity: minor
#  component: replication
#  account: none
#  workaround: |
#   Finish it on PVE: bring the other node up and wait, or take the job out at once with
#   `pvesr delete JOB --force`, then remove leftovers by hand (`zfs list -t snapshot | grep
#   __replicate_`).
#  test:
#   before: |
#    `pvesr list` still shows {jobs}, and `grep remove_job /etc/pve/replication.cfg` prints
#    lines.
#   after: |
#    `grep remove_job /etc/pve/replication.cfg` prints nothing.
#  phase: prepare
#  targets: [proxmox]
#  sources:
#   - https://pve.proxmox.com/pve-docs/chapter-pvesr.html
#   - https://git.proxmox.com/?p=pve-guest-common.git;a=blob;f=src/PVE/Replication.pm
package rules.replication.removal_pending

import data.lib.replication

_removed[id] := job if {
	some id, job in replication.leaving
}

findings contains {"at": sort([j.at | some j in _removed]), "vars": {"jobs": concat(", ", sort(object.keys(_removed)))}} if count(_removed) > 0
