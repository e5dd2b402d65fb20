# METADATA
# scope: package
# title: "ZFS pool {pool} is {health}"
# description: |
#  The pool is not whole before the conversion begins. NixOS waits a minute
#  for each pool to become ONLINE and then imports it as it is, so each trial
#  boot takes longer and may run into the time limit of the trial. With a
#  mirror that has lost one side, the trial reads and writes the only copy of
#  PVE's root and guests.
# custom:
#  id: PVE-STO-024
#  kind: pitfall
#  category: configuration
#  severity: major
#  component: ZFS pool
#  equivalent: boot.zfs.extraPools
#  account: none
#  workaround: |
#   Replace or reattach what is missing (`zpool status -v {pool}`, `zpool
#   replace`, `zpool online`), wait until the resilver has ended, then run
#   `zpool scrub {pool}` and clear old errors with `zpool clear {pool}`.
#   Convert only after that.
#  test:
#   before: |
#    `zpool list -H -o name,health {pool}` on PVE prints {health}.
#   after: |
#    `zpool status -x` on PVE prints "all pools are healthy", and so does it
#    on the trial system.
#  phase: prepare
#  sources:
#   - https://openzfs.github.io/openzfs-docs/man/master/8/zpool-status.8.html
#   - https://github.com/NixOS/nixpkgs/blob/master/nixos/modules/tasks/filesystems/zfs.nix
package rules.storage.zfs_degraded

findings contains {"at": [sprintf("/storage/zfs_pools/%d", [i])], "vars": {"pool": p.name, "health": p.health}} if {
	some i, p in input.storage.zfs_pools
	p.imported
	p.health != "ONLINE"
}
