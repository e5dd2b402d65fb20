# METADATA
# scope: package
# title: "A backup job selects the pool {pool}, which has no guests"
# description: |
#  The job {job} backs up the members of {pool}. The pool does not exist or
#  has no guest, so the job ends without a backup and without an error that
#  anyone reads. Membership is in the database of PVE alone; who moves guests
#  or restores them under a new number has to put them into the pool again.
# custom:
#  id: PVE-BAK-013
#  kind: pitfall
#  category: configuration
#  severity: minor
#  component: backup jobs
#  account: none
#  workaround: |
#   Add the guests to the pool (`pvesh set /pools/{pool} --vms VMID,VMID`),
#   or select them by number. After the conversion compare the list again.
#  test:
#   before: |
#    `pvesh get /pools/{pool}` on PVE prints no member of type qemu or lxc,
#    or says that the pool does not exist.
#   after: |
#    It lists the guests, and `pvesh get
#    /cluster/backup/{job}/included_volumes` shows their disks.
#  phase: prepare
#  targets: [proxmox]
#  sources:
#   - https://pve.proxmox.com/pve-docs/chapter-vzdump.html
#   - https://pve.proxmox.com/pve-docs/chapter-pveum.html
package rules.backup.empty_pool

import data.lib.facts
import data.lib.vzdump

_filled contains p.id if {
	some p in input.access.pools
	count(p.guests) > 0
}

findings contains {"at": [job.properties.pool.at], "vars": {"job": job.section.id, "pool": pool}} if {
	"access" in facts.known
	some job in vzdump.jobs
	pool := job.properties.pool.property.value
	not pool in _filled
}
