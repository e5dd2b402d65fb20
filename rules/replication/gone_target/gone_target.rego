# METADATA
# scope: package
# title: "Replication goes to {targets}, which is no member of the cluster"
# description: |
#  The jobs {jobs} copy guests to {targets}. That node is not in corosync.conf: it was
#  removed or renamed and the jobs were not. Every run fails, so these guests have no copy
#  although the list of jobs says so, and nobody should count on one when this node is
#  converted. Snapshots of the last good run stay on the disks and keep their space.
# custom:
#  id: PVE-REP-001
#  kind: pitfall
#  category: configuration
#  severity: major
#  component: replication
#  account: none
#  workaround: |
#   Point the jobs at a node that is there (`pvesr delete JOB --force`, `pvesr
#   create-local-job JOB NODE`), and let one run end well before the conversion (`pvesr run
#   --id JOB --verbose`).
#  test:
#   before: |
#    `pvesr list` shows {targets} as target, and `pvesr status` a FailCount above 0 for
#    {jobs}.
#   after: |
#    `pvesr status` shows for each job a target that `pvecm nodes` lists, and FailCount 0.
#  phase: prepare
#  sources:
#   - https://pve.proxmox.com/pve-docs/chapter-pvesr.html
#   - https://git.proxmox.com/?p=pve-guest-common.git;a=blob;f=src/PVE/ReplicationConfig.pm
package rules.replication.gone_target

import data.lib.cluster
import data.lib.replication

_lost[id] := job if {
	some id, job in replication.jobs
	count(input.cluster.corosync) > 0
	not cluster.members[job.target]
}

findings contains {"at": sort([j.at | some j in _lost]), "vars": {
	"jobs": concat(", ", sort(object.keys(_lost))),
	"targets": concat(", ", sort({j.target | some j in _lost})),
}} if {
	count(_lost) > 0
}
