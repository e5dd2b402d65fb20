# METADATA
# scope: package
# title: No message of this host reaches anybody
# description: |
#  No matcher that is on leads to a target that is on. Failed backups, replication that
#  stands still and a fenced node are told to nobody. A trial boot is judged by what it
#  reports, and here silence says nothing; the watch over the converted host has to come from
#  somewhere else.
# custom:
#  id: PVE-NTF-007
#  kind: pitfall
#  category: configuration
#  severity: major
#  component: notifications
#  account: none
#  workaround: |
#   Give a matcher a target before the conversion (`pvesh set
#   /cluster/notifications/matchers/default-matcher --disable 0 --target NAME`) and send a
#   test. Or have your monitoring look at the tasks (`pvesh get /cluster/tasks`).
#  test:
#   before: |
#    `cat /etc/pve/notifications.cfg` shows disable at every matcher or target.
#   after: |
#    `pvesh create /cluster/notifications/targets/NAME/test` sends a message that somebody
#    has seen, on PVE and on the trial system.
#  phase: prepare
#  targets: [proxmox]
#  sources:
#   - https://pve.proxmox.com/pve-docs/chapter-notifications.html
package rules.notifications.unheard

import data.lib.facts
import data.lib.notices

findings contains {"at": sort([sprintf("/notifications/%d", [i]) | some i, _ in input.notifications]), "vars": {}} if {
	"notifications" in facts.known
	count(input.notifications) > 0
	count(notices.reached) == 0
}
