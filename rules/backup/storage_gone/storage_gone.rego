# METADATA
# scope: package
# title: "A backup job writes to {storage}, which this node does not have"
# description: |
#  The job {job} is enabled and its storage {storage} is not defined, switched off, or kept
#  from this node. It fails at every run, so the backups that one would go back to after a
#  failed conversion are older than they seem.
# custom:
#  id: PVE-BAK-002
#  kind: pitfall
#  category: configuration
#  severity: major
#  component: backup jobs
#  account: none
#  workaround: |
#   Choose another storage under Datacenter, Backup, run the job once by hand and look at its
#   log before the conversion.
#  test:
#   before: |
#    `pvesm status --content backup` does not list {storage} as active.
#   after: |
#    `pvesm status --content backup` lists the storage of the job as active,
#    and the newest task of type vzdump ends with OK.
#  phase: prepare
#  sources:
#   - https://pve.proxmox.com/pve-docs/chapter-vzdump.html
package rules.backup.storage_gone

import data.lib.disks
import data.lib.facts
import data.lib.vzdump

findings contains {"at": [job.properties.storage.at], "vars": {"job": job.section.id, "storage": storage}} if {
	"storage.storages" in facts.known
	some job in vzdump.jobs
	storage := job.properties.storage.property.value
	not disks.storages[storage]
}
