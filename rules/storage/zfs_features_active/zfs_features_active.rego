# METADATA
# scope: package
# title: "Pool {pool} uses features that ZFS of the release does not have"
# description: |
#  On {pool} these features are active: {features}. ZFS {series} of NixOS
#  {release} does not know them and refuses to import the pool for writing.
#  When PVE's root or the side root is on it, the trial boot stops in the
#  initial RAM disk; otherwise all guests on it are without disks.
# custom:
#  id: PVE-STO-027
#  kind: pitfall
#  category: package
#  severity: critical
#  component: ZFS pool
#  equivalent: boot.zfs.package
#  account: none
#  workaround: |
#   Choose a release whose ZFS is at least as new, or set boot.zfs.package to
#   a newer one of the same release (pkgs.zfs_unstable) with a kernel that it
#   builds for. An active feature cannot be switched off; the other way is a
#   new pool and `zfs send`.
#  test:
#   before: |
#    `zpool get all {pool} | grep feature@ | grep active` on PVE lists
#    {features}.
#   after: |
#    `modinfo -F version zfs` on the trial system prints a version that has
#    them, and `zpool status {pool}` says ONLINE.
#  phase: boot
#  sources:
#   - https://openzfs.github.io/openzfs-docs/Basic%20Concepts/Feature%20Flags.html
#   - https://openzfs.github.io/openzfs-docs/man/master/7/zpool-features.7.html
package rules.storage.zfs_features_active

import data.lib.disks
import data.lib.release

findings contains {"at": [sprintf("/storage/zfs_pools/%d", [i])], "vars": {
	"pool": p.name,
	"features": concat(", ", sort(newer)),
	"series": release.zfs,
	"release": release.current,
}} if {
	some i, p in disks.pools
	newer := [f.name |
		some f in p.features
		f.state == "active"
		release.series(data.catalog.zfs_features[f.name]) > release.series(release.zfs)
	]
	count(newer) > 0
}
