# METADATA
# scope: package
# title: Containers drop out of the backup jobs
# description: |
#  The jobs of this node back up the containers {vmids}. On NixOS pvescheduler still runs the
#  jobs, but a container that the bridge runs is not one that vzdump can freeze, mount or
#  snapshot: its backups fail or hold the state of the last run under PVE.
# custom:
#  id: PVE-BAK-004
#  kind: gap
#  category: feature
#  severity: major
#  component: backups of containers
#  equivalent: services.restic.backups, services.borgbackup.jobs
#  account: none
#  bridge: container
#  workaround: |
#   Back up the root file systems and volumes from the host, with snapshots (services.sanoid)
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

import data.lib.pve
import data.lib.vzdump

_covered[vmid] := g if {
	some vmid, g in pve.containers
	vmid in vzdump.covered
}

findings contains {"at": sort([g.at | some g in _covered]), "vars": {"vmids": pve.numbers(object.keys(_covered))}} if {
	count(_covered) > 0
}
