# METADATA
# scope: package
# title: A zpool upgrade on NixOS would lock PVE out
# description: |
#  PVE runs ZFS {have}, NixOS {release} brings {series}. `zpool status` on
#  NixOS will say that {pools} can be upgraded. Who follows this advice, or
#  sets a feature there, makes a pool that ZFS {have} of PVE cannot import:
#  going back to PVE ends in its initial RAM disk.
# custom:
#  id: PVE-STO-028
#  kind: pitfall
#  category: configuration
#  severity: major
#  component: ZFS pool
#  equivalent: boot.zfs.package
#  account: none
#  workaround: |
#   Leave the pools as they are until PVE is no longer the way back: features, bootfs, and the
#   properties of PVE's data sets, since what `zfs set` and `zpool set` write there holds for
#   both systems. To make an accident impossible set `zpool set compatibility={file} POOL` on
#   PVE for each pool: `zpool upgrade` then enables nothing newer.
#  test:
#   before: |
#    `zfs version` on PVE prints {have}.
#   after: |
#    `zpool get -H -o value compatibility POOL` prints {file}, and `zpool upgrade` on the trial system enables no feature beyond it.
#  phase: run
#  sources:
#   - https://openzfs.github.io/openzfs-docs/man/master/8/zpool-upgrade.8.html
#   - https://openzfs.github.io/openzfs-docs/man/master/7/zpool-features.7.html
package rules.storage.zfs_upgrade

import data.lib.disks
import data.lib.facts
import data.lib.release

# Since 2.2 Linux and FreeBSD have the same features, and one file.
_file(series) := sprintf("openzfs-%s-linux", [series]) if {
	series in {"2.0", "2.1"}
} else := sprintf("openzfs-%s", [series])

findings contains {"at": at, "vars": {
	"have": p.package.version,
	"file": _file(regex.find_n(`^[0-9]+\.[0-9]+`, p.package.version, 1)[0]),
	"pools": concat(", ", sort([pool.name | some pool in disks.pools])),
	"series": release.zfs,
	"release": release.current,
}} if {
	p := facts.packages["zfsutils-linux"]
	release.series(p.package.version) < release.series(release.zfs)
	at := sort([sprintf("/storage/zfs_pools/%d", [i]) | some i, _ in disks.pools])
	count(at) > 0
}
