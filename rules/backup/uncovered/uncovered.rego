# METADATA
# scope: package
# title: Guests without a backup job
# description: |
#  No enabled backup job of this node selects {vmids}. The conversion does not write to
#  volumes of guests, but a mistake in a mount, a pool import or a start on two nodes can;
#  for these guests there is then nothing to go back to.
# custom:
#  id: PVE-BAK-001
#  kind: pitfall
#  category: configuration
#  severity: major
#  component: backups
#  account: none
#  workaround: |
#   Make a backup of each right before the conversion (`vzdump VMID --storage STORAGE --mode
#   snapshot`) on a storage off this host, and restore one of them under another number as a
#   test. Guests that are backed up from inside or replicated may be left out.
#  test:
#   before: |
#    `pvesh get /cluster/backup-info/not-backed-up` lists {vmids}.
#   after: |
#    `pvesm list STORAGE --content backup` shows an archive of today for
#    each.
#  phase: prepare
#  sources:
#   - https://pve.proxmox.com/pve-docs/chapter-vzdump.html
package rules.backup.uncovered

import data.lib.facts
import data.lib.pve
import data.lib.vzdump

_missing[vmid] := g if {
	"jobs" in facts.known
	count(input.jobs.vzdump_cron) == 0
	some vmid, g in facts.guests
	not pve.template(g)
	not vmid in vzdump.covered
}

findings contains {"at": sort([g.at | some g in _missing]), "vars": {"vmids": pve.numbers(object.keys(_missing))}} if count(_missing) > 0
