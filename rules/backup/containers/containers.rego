# METADATA
# scope: package
# title: Containers drop out of the backup jobs
# description: |
#  The jobs of this node back up the containers {vmids}. On NixOS pvescheduler still runs the
#  jobs, but a container that the bridge runs is not one that vzdump can freeze, mount or
#  snapshot: its backups fail or hold the state of the last run under PVE. Where a timer takes
#  them over, its archives are plain ones of tar or pxar in a place of their own, and the job
#  of PVE goes on to fail for them until they are taken out of it.
# custom:
#  id: PVE-BAK-004
#  kind: gap
#  category: feature
#  severity: major
#  component: backups of containers
#  equivalent: services.restic.backups, services.borgbackup.jobs
#  account: none
#  bridge: backup
#  workaround: |
#   Leave the containers out of the jobs of PVE (Datacenter, Backup, exclude). Where no
#   timer takes them over, back up the root file systems and volumes from the host, with snapshots (services.sanoid)
#   and `proxmox-backup-client backup root.pxar:PATH`, restic or borg, in a timer. Make a last
#   backup with vzdump right before the conversion; it can be restored on any PVE.
#  test:
#   before: |
#    `pvesm list STORAGE --content backup` shows archives of {vmids}.
#   after: |
#    `pvesm list STORAGE --content backup`, or `proxmox-backup-client
#    snapshot list`, shows a new backup of each a day after the conversion,
#    and a file of it can be restored.
#  phase: run
#  targets: [proxmox]
#  sources:
#   - https://pve.proxmox.com/pve-docs/chapter-vzdump.html
#   - https://github.com/SaumonNet/proxmox-nixos/blob/main/modules/proxmox-ve/default.nix
package rules.backup.containers

import data.lib.backups
import data.lib.facts
import data.lib.pve
import data.lib.vzdump

_covered[vmid] := g if {
	some vmid, g in pve.containers
	vmid in vzdump.covered
}

# What a timer backs up, and what nothing does, are two findings: only the first is kept.
_kept contains vmid if {
	some vmid, _ in _covered
	every i, job in vzdump.jobs {
		_made(i, job, vmid)
	}
}

_made(_, job, vmid) if not vmid in job.vmids

_made(i, _, vmid) if {
	some t in backups.timers
	t.job.at == sprintf("/jobs/scheduled/%d", [i])
	vmid in t.made
}

findings contains {"at": sort([facts.guests[vmid].at | some vmid in list]), "vars": {"vmids": pve.numbers(list)}} if {
	some list in [_kept, object.keys(_covered) - _kept]
	count(list) > 0
}
