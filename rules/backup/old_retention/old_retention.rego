# METADATA
# scope: package
# title: Backups are no longer thinned out
# description: |
#  The number of backups to keep is set with maxfiles, which PVE 9 does not know. It is ignored,
#  so nothing is deleted unless the job or the storage has prune-backups, and the storage fills
#  until backups fail.
# custom:
#  id: PVE-BAK-005
#  kind: pitfall
#  category: configuration
#  severity: minor
#  component: retention of backups
#  account: review
#  workaround: |
#   Replace the line by prune-backups: "maxfiles: 3" is "prune-backups: keep-last=3"; "maxfiles:
#   0" is keep-all=1. Better, set it on the storage.
#  test:
#   before: |
#    `grep maxfiles /etc/vzdump.conf /etc/pve/jobs.cfg /etc/pve/storage.cfg` shows the line.
#   after: |
#    `grep maxfiles /etc/vzdump.conf /etc/pve/jobs.cfg /etc/pve/storage.cfg`
#    prints nothing, and the log of a backup says which archives it keeps and removes.
#  phase: run
#  targets: [proxmox]
#  sources:
#   - https://pve.proxmox.com/pve-docs/chapter-vzdump.html#vzdump_retention
#   - https://pve.proxmox.com/wiki/Upgrade_from_8_to_9
package rules.backup.old_retention

import data.lib.disks
import data.lib.vzdump

_at contains sprintf("/jobs/vzdump_defaults/%d", [i]) if {
	some i, p in input.jobs.vzdump_defaults
	p.key == "maxfiles"
}

_at contains job.properties.maxfiles.at if some job in vzdump.jobs

_at contains s.properties.maxfiles.at if some s in disks.storages

findings contains {"at": sort(_at), "vars": {}} if {
	count(_at) > 0
}
