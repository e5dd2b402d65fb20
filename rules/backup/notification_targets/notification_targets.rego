# METADATA
# scope: package
# title: Backup jobs name their notification in a way that PVE 9 dropped
# description: |
#  These jobs have notification-target or notification-policy, from the
#  preview of the notification system in PVE 8.0; matchers replaced them in
#  8.1. PVE 9, which proxmox-nixos packages, does not know the keys: it
#  ignores them, and a failed backup is told to whom the general matchers
#  say, or to nobody.
# custom:
#  id: PVE-BAK-015
#  kind: pitfall
#  category: configuration
#  severity: minor
#  component: backup jobs
#  account: none
#  workaround: |
#   Remove the lines and set `notification-mode notification-system` in the
#   job; say in Datacenter, Notifications which matcher sends backups where.
#  test:
#   before: |
#    `grep -n "notification-\(target\|policy\)" /etc/pve/jobs.cfg` on PVE
#    prints the lines.
#   after: |
#    It prints nothing, and a job that fails on purpose on the trial system
#    (`vzdump 999999`) is reported.
#  phase: run
#  targets: [proxmox]
#  sources:
#   - https://pve.proxmox.com/pve-docs/chapter-notifications.html
#   - https://pve.proxmox.com/wiki/Upgrade_from_8_to_9
package rules.backup.notification_targets

import data.lib.vzdump

_old contains job.properties[key].at if {
	some job in vzdump.jobs
	some key in ["notification-policy", "notification-target"]
}

findings contains {"at": sort(_old), "vars": {}} if {
	count(_old) > 0
}
