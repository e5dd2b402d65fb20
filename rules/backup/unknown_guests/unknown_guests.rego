# METADATA
# scope: package
# title: "A backup job names guests that do not exist: {vmids}"
# description: |
#  The job {job} lists {vmids}, which no node has. Each run ends with an
#  error for them, so the job is red every day and a real failure, such as
#  the first ones on NixOS, does not stand out. A new guest that gets the
#  number is backed up with settings nobody chose for it.
# custom:
#  id: PVE-BAK-014
#  kind: pitfall
#  category: configuration
#  severity: minor
#  component: backup jobs
#  account: none
#  workaround: |
#   Take the numbers out of the job (Datacenter, Backup, or the line `vmid`
#   of /etc/pve/jobs.cfg) and wait for a run that ends with OK.
#  test:
#   before: |
#    `pvesh get /cluster/resources --type vm` on PVE does not list {vmids}.
#   after: |
#    The next task of type vzdump in `pvesh get /nodes/localhost/tasks
#    --typefilter vzdump` has the status OK.
#  phase: prepare
#  targets: [proxmox]
#  sources:
#   - https://pve.proxmox.com/pve-docs/chapter-vzdump.html
package rules.backup.unknown_guests

import data.lib.facts
import data.lib.vzdump

_numbers contains sprintf("%d", [g.vmid]) if some g in input.guests

findings contains {"at": [job.properties.vmid.at], "vars": {"job": job.section.id, "vmids": concat(", ", sort(gone))}} if {
	"guests" in facts.known
	some job in vzdump.jobs
	given := job.properties.vmid.property.value
	gone := {number |
		some number in regex.split(`[,; ]+`, given)
		regex.match(`^[1-9][0-9]{2,8}$`, number)
		not number in _numbers
	}
	count(gone) > 0
}
