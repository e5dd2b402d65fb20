# METADATA
# scope: package
# title: "Other nodes replicate guests to this one: {jobs}"
# description: |
#  While this node is down every run of {jobs} fails, mails about it, and is tried again less
#  and less often, in the end every half hour. The copies here grow old meanwhile; and on the
#  new system the senders log in as root over ssh and want pvesm, pvesr and zfs in the path
#  of that login, and a pool and storages of the same names.
# custom:
#  id: PVE-REP-003
#  kind: pitfall
#  category: feature
#  severity: minor
#  component: replication
#  account: none
#  workaround: |
#   Switch the jobs off for the time (`pvesr disable JOB` on the sender). After the
#   conversion run one by hand before switching all on: `pvesr run --id JOB --verbose`,
#   `pvesr enable JOB`.
#  test:
#   before: |
#    `pvesr list` on the other nodes shows this node as target of {jobs}.
#   after: |
#    `pvesr status` there shows for {jobs} a LastSync after the conversion and FailCount 0.
#  phase: convert
#  sources:
#   - https://pve.proxmox.com/pve-docs/chapter-pvesr.html#_error_handling
#   - https://git.proxmox.com/?p=pve-guest-common.git;a=blob;f=src/PVE/ReplicationState.pm
package rules.replication.incoming

import data.lib.pve
import data.lib.replication

_incoming[id] := job if {
	some id, job in replication.jobs
	not job.disabled
	job.target == input.host.name
}

findings contains {"at": sort([j.at | some j in _incoming]), "vars": {"jobs": concat(", ", sort(object.keys(_incoming)))}} if {
	pve.clustered
	count(_incoming) > 0
}
