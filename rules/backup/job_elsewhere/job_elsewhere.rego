# METADATA
# scope: package
# title: "A backup job is bound to a node that does not exist: {node}"
# description: |
#  The job {job} is enabled and runs on the node {node} only, which is no
#  member of the cluster: it was renamed or removed. The interface shows the
#  job as active, but it never runs, and its guests have no new backup.
# custom:
#  id: PVE-BAK-012
#  kind: pitfall
#  category: configuration
#  severity: major
#  component: backup jobs
#  account: none
#  workaround: |
#   Set the node of the job to All or to a member (Datacenter, Backup, or the line `node` of
#   /etc/pve/jobs.cfg).
#  test:
#   before: |
#    `pvecm nodes` on PVE does not list {node}, and `pvesh get
#    /cluster/backup/{job}` does.
#   after: |
#    `pvesh get /cluster/backup/{job}` names a member or none, and there is a
#    task of type vzdump from the last run.
#  phase: prepare
#  sources:
#   - https://pve.proxmox.com/pve-docs/chapter-vzdump.html
package rules.backup.job_elsewhere

import data.lib.cluster
import data.lib.facts

findings contains {"at": [properties.node.at], "vars": {"job": job.id, "node": node}} if {
	"cluster" in facts.known
	some i, job in input.jobs.scheduled
	job.type == "vzdump"
	properties := facts.section_properties(job, sprintf("/jobs/scheduled/%d", [i]))
	node := properties.node.property.value
	node != input.host.name
	not cluster.members[node]
	not _off(properties)
}

_off(properties) if {
	enabled := properties.enabled.property.value
	not facts.truthy(enabled)
}
