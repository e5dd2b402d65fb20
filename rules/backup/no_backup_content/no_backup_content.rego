# METADATA
# scope: package
# title: "The storage {storage} takes no backups"
# description: |
#  The job {job} writes to {storage}, whose content does not include backup.
#  Each run ends with an error before the first guest, and the newest archive
#  is from before the change.
# custom:
#  id: PVE-BAK-011
#  kind: pitfall
#  category: configuration
#  severity: major
#  component: backup jobs
#  account: none
#  workaround: |
#   `pvesm set {storage} --content KINDS,backup` with the kinds of now, or
#   another storage in the job; then run it by hand before the conversion.
#  test:
#   before: |
#    `pvesm status --content backup` on PVE does not list {storage}.
#   after: |
#    It lists {storage} as active, and the newest task of type vzdump in
#    `pvesh get /nodes/localhost/tasks --typefilter vzdump` ends with OK.
#  phase: prepare
#  sources:
#   - https://pve.proxmox.com/pve-docs/chapter-vzdump.html
#   - https://pve.proxmox.com/pve-docs/chapter-pvesm.html
package rules.backup.no_backup_content

import data.lib.disks
import data.lib.vzdump

findings contains {"at": [job.properties.storage.at], "vars": {"job": job.section.id, "storage": storage}} if {
	some job in vzdump.jobs
	storage := job.properties.storage.property.value
	given := disks.storages[storage].properties.content.property.value
	not "backup" in {kind | some kind in regex.split(`[,; ]+`, given)}
}
