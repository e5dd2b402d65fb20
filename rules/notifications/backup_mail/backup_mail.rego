# METADATA
# scope: package
# title: Backup jobs send their mail past the notifications
# description: |
#  The jobs {jobs} name their readers themselves ({readers}), in the form from before the
#  notification system. For them PVE calls sendmail with these addresses, whatever targets
#  and matchers say. Who moves the notifications to SMTP or a webhook for NixOS and tests
#  them sees them work, and still gets no word of these backups.
# custom:
#  id: PVE-NTF-003
#  kind: pitfall
#  category: configuration
#  severity: minor
#  component: backup jobs
#  account: none
#  workaround: |
#   Set each job to the notification system (Datacenter, Backup, Edit, Notifications; `pvesh
#   set /cluster/backup/ID --notification-mode notification-system --delete mailto`), and
#   make a matcher for type=vzdump that leads to these readers.
#  test:
#   before: |
#    `grep mailto /etc/pve/jobs.cfg` prints the addresses.
#   after: |
#    `grep mailto /etc/pve/jobs.cfg` prints nothing, and after a backup on the trial system
#    its report arrives through the target.
#  phase: run
#  targets: [proxmox]
#  sources:
#   - https://pve.proxmox.com/pve-docs/chapter-vzdump.html#vzdump_notes
#   - https://pve.proxmox.com/pve-docs/chapter-notifications.html
package rules.notifications.backup_mail

import data.lib.vzdump

_left[job.at] := {"id": job.section.id, "readers": readers} if {
	some job in vzdump.jobs
	readers := job.properties.mailto.property.value
	readers != ""
	object.get(job.properties, ["notification-mode", "property", "value"], "auto") != "notification-system"
}

findings contains {"at": sort(object.keys(_left)), "vars": {
	"jobs": concat(", ", sort([j.id | some j in _left])),
	"readers": concat(", ", sort({j.readers | some j in _left})),
}} if {
	count(_left) > 0
}
