# METADATA
# scope: package
# title: "Backups are written to PVE's own root: storage {storage}"
# description: |
#  The job {job} writes to {storage}, the directory {path} of PVE's root. The archives stay
#  on the old root, where the new system does not see them, and what is written there from
#  then on fills the side root, which is small; when it is full the host stops. A backup on
#  the disk that is converted is no backup.
# custom:
#  id: PVE-BAK-006
#  kind: pitfall
#  category: configuration
#  severity: major
#  component: backup jobs
#  account: none
#  workaround: |
#   Point the job to a storage on another machine (PBS, NFS) or at least to another disk, and
#   copy the archives that you want to keep there before the conversion.
#  test:
#   before: |
#    `findmnt -T {path}` shows / as the target.
#   after: |
#    The job names a storage elsewhere, and the kept archives can be read from the trial
#    system.
#  phase: prepare
#  sources:
#   - https://pve.proxmox.com/pve-docs/chapter-pvesm.html#storage_directory
package rules.backup.on_root

import data.lib.volumes
import data.lib.vzdump

findings contains {"at": [job.properties.storage.at], "vars": {"job": job.section.id, "storage": storage, "path": volumes.on_root[storage]}} if {
	some job in vzdump.jobs
	storage := job.properties.storage.property.value
	volumes.on_root[storage]
}
