# METADATA
# scope: package
# title: Nothing checks the btrfs file systems any more
# description: |
#  btrfsmaintenance runs here ({timers}): it reads all data back, balances
#  and trims. NixOS has a scrub of its own, which is off. Without it damage
#  on one copy stays unnoticed until the other one is lost, and a file system
#  without balance runs out of space for metadata while `df` shows room:
#  {mounts}.
# custom:
#  id: PVE-STO-051
#  kind: gap
#  category: service
#  severity: minor
#  component: btrfs
#  equivalent: services.btrfs.autoScrub
#  account: none
#  workaround: |
#   services.btrfs.autoScrub.enable with
#   services.btrfs.autoScrub.fileSystems, and a timer for `btrfs balance
#   start -dusage=10 -musage=5 MOUNT`.
#  test:
#   before: |
#    `systemctl list-timers "btrfs-*"` on PVE lists {timers}.
#   after: |
#    `systemctl list-timers "btrfs-scrub-*"` on the trial system lists a
#    timer for each of {mounts}.
#  phase: run
#  sources:
#   - https://search.nixos.org/options?query=services.btrfs.autoScrub
#   - https://github.com/kdave/btrfsmaintenance
package rules.storage.btrfs_maintenance

import data.lib.facts

_timers := [name |
	some name in ["btrfs-balance.timer", "btrfs-scrub.timer", "btrfs-trim.timer"]
	name in facts.in_use
]

findings contains {"at": sort([facts.units[name].at | some name in _timers]), "vars": {"timers": concat(", ", sort(_timers)), "mounts": concat(", ", sort(_mounts))}} if {
	count(_timers) > 0
	count(_mounts) > 0
}

_mounts contains min(fs.mounts) if some fs in input.storage.btrfs
