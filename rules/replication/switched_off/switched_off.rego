# METADATA
# scope: package
# title: "Replication of guests of this node is switched off: {jobs}"
# description: |
#  {jobs} are disabled. The other node has a copy of these guests from the day when the job
#  ran last, and nothing in the web interface of that node says how old it is. In a
#  conversion that goes wrong such a copy is started first and looked at later.
# custom:
#  id: PVE-REP-007
#  kind: pitfall
#  category: configuration
#  severity: minor
#  component: replication
#  account: none
#  workaround: |
#   Switch the job on and run it before the conversion (`pvesr enable JOB`, `pvesr run --id
#   JOB`), or remove it together with the old copy (`pvesr delete JOB`).
#  test:
#   before: |
#    `pvesr list` shows {jobs} with Enabled no.
#   after: |
#    `pvesr status` shows a LastSync of today for {jobs}, or `pvesr list` does not show them.
#  phase: prepare
#  sources:
#   - https://pve.proxmox.com/pve-docs/chapter-pvesr.html
package rules.replication.switched_off

import data.lib.facts
import data.lib.replication

_off[id] := job if {
	some id, job in replication.jobs
	job.disabled
	facts.guests[job.vmid]
}

findings contains {"at": sort([j.at | some j in _off]), "vars": {"jobs": concat(", ", sort(object.keys(_off)))}} if count(_off) > 0
