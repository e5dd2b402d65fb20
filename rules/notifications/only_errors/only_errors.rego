# METADATA
# scope: package
# title: Only failures are reported, so silence looks like success
# description: |
#  All matchers that are on ({matchers}) ask for warnings or errors. A backup that runs and
#  fails is reported; one that never starts is not. That is the failure a conversion brings,
#  a scheduler that does not run, a job whose storage is switched off, mail that does not
#  leave, and it makes no noise here.
# custom:
#  id: PVE-NTF-009
#  kind: pitfall
#  category: configuration
#  severity: minor
#  component: notifications
#  account: none
#  workaround: |
#   For the trial and some weeks after it take successes too (`pvesh set
#   /cluster/notifications/matchers/NAME --delete match-severity`), or watch the age of the
#   newest backup from outside.
#  test:
#   before: |
#    `grep match-severity /etc/pve/notifications.cfg` prints a line for each matcher, none
#    with info.
#   after: |
#    After the first nightly backup on the new system its message with the result
#    "successful" has arrived; `pvesh get /cluster/tasks` shows the job.
#  phase: run
#  targets: [proxmox]
#  sources:
#   - https://pve.proxmox.com/pve-docs/chapter-notifications.html#notification_matchers
package rules.notifications.only_errors

import data.lib.notices
import data.lib.vzdump

_hears_all if {
	some m in notices.matchers
	count(m.severities) == 0
}

_hears_all if {
	some m in notices.matchers
	"info" in m.severities
}

findings contains {"at": sort(object.keys(notices.matchers)), "vars": {"matchers": concat(", ", sort([m.id | some m in notices.matchers]))}} if {
	count(vzdump.jobs) > 0
	count(notices.matchers) > 0
	not _hears_all
}
