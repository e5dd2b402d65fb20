# METADATA
# scope: package
# title: The ZFS of NixOS is older than the pools may be
# description: |
#  PVE runs ZFS {have}; NixOS {release} brings the series {series}. A pool
#  on which features of the newer series become active cannot be imported:
#  the host stops in the initial RAM disk, and guests on the pool have no
#  disks. On {pools} such features are enabled, so one write can activate
#  them, or which ones are is not known.
# custom:
#  id: PVE-STO-005
#  kind: pitfall
#  category: package
#  severity: critical
#  component: ZFS
#  equivalent: boot.zfs.package
#  account: none
#  workaround: |
#   Convert to a release whose ZFS is not older, or set boot.zfs.package to
#   a newer one of the release. `zpool get all POOL | grep feature@ | grep
#   active` on PVE shows which features are really active; with none of the
#   newer series the pool can be imported.
#  test:
#   before: |
#    `zfs version` on PVE prints {have}.
#   after: |
#    `zpool import -o readonly=on -N POOL` succeeds in the trial system's
#    initial RAM disk or from its ISO.
#  phase: prepare
#  sources:
#   - https://openzfs.github.io/openzfs-docs/Basic%20Concepts/Feature%20Flags.html
#   - https://search.nixos.org/packages?query=zfs
package rules.storage.zfs_newer

import data.lib.disks
import data.lib.facts
import data.lib.release

findings contains {"at": [p.at], "vars": {"have": p.package.version, "series": release.zfs, "release": release.current, "pools": concat(", ", sort(pools))}} if {
	p := facts.packages["zfsutils-linux"]
	release.series(p.package.version) > release.series(release.zfs)
	pools := {pool.name | some pool in disks.pools; _open(pool)}
	count(pools) > 0
}

_open(pool) if count(pool.features) == 0

_open(pool) if {
	some f in pool.features
	f.state == "enabled"
	release.series(data.catalog.zfs_features[f.name]) > release.series(release.zfs)
}
