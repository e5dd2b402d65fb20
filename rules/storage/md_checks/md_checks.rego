# METADATA
# scope: package
# title: RAID arrays are no longer compared
# description: |
#  Debian reads all disks of each array once a month and compares them. The
#  package of NixOS brings the units but starts none, so a disk that cannot
#  be read any more is found only when the other one fails: {arrays}.
# custom:
#  id: PVE-STO-050
#  kind: gap
#  category: service
#  severity: minor
#  component: Linux software RAID
#  equivalent: systemd.timers
#  account: none
#  workaround: |
#   A service with a monthly timer for each array: `echo check >
#   /sys/block/mdN/md/sync_action`. boot.swraid.mdadmConf needs a MAILADDR or
#   PROGRAM that reaches a person.
#  test:
#   before: |
#    `systemctl list-timers` or `cat /etc/cron.d/mdadm` on PVE shows the
#    check.
#   after: |
#    `systemctl list-timers` on the trial system lists the timer, and after
#    it `cat /sys/block/mdN/md/mismatch_cnt` prints 0.
#  phase: run
#  sources:
#   - https://man7.org/linux/man-pages/man4/md.4.html
#   - https://github.com/NixOS/nixpkgs/blob/master/nixos/modules/tasks/swraid.nix
package rules.storage.md_checks

import data.lib.facts

_redundant := [i |
	some i, a in input.storage.md_arrays
	a.state
	not a.level in {"linear", "raid0"}
]

_checked if "mdcheck_start.timer" in facts.in_use

_checked if {
	some job in input.system.cron
	startswith(job.source, "/etc/cron.d/mdadm:")
}

findings contains {"at": sort([sprintf("/storage/md_arrays/%d", [i]) | some i in _redundant]), "vars": {"arrays": concat(", ", sort([input.storage.md_arrays[i].name | some i in _redundant]))}} if {
	count(_redundant) > 0
	_checked
}
