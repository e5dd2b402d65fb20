# METADATA
# scope: package
# title: The ZFS of NixOS is older than the pools may be
# description: |
#  PVE runs ZFS {have}; NixOS {release} brings the series {series}. A pool
#  on which features of the newer series are active cannot be imported: the
#  host stops in the initial RAM disk, and guests on the pool have no disks.
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

findings contains {"at": [p.at], "vars": {"have": p.package.version, "series": release.zfs, "release": release.current}} if {
	disks.zfs_in_use
	p := facts.packages["zfsutils-linux"]
	release.series(p.package.version) > release.series(release.zfs)
}
