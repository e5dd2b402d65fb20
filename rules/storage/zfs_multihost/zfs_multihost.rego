# METADATA
# scope: package
# title: "Pool {pool} is protected against two hosts"
# description: |
#  The property multihost is on. An import then first watches the disks for
#  activity for some seconds, and a pool that another host id has in use is
#  refused, even with -f. After a crash of one system the other waits longer,
#  and on a machine without a stable host id the pool is not imported at all.
# custom:
#  id: PVE-STO-036
#  kind: pitfall
#  category: configuration
#  severity: minor
#  component: ZFS pool
#  equivalent: networking.hostId
#  account: none
#  workaround: |
#   Keep networking.hostId as on PVE, and leave the time limit of the trial
#   boot some minutes longer. When the disks are reached by one machine only,
#   `zpool set multihost=off {pool}`.
#  test:
#   before: |
#    `zpool get -H -o value multihost {pool}` on PVE prints on, and `hostid`
#    prints the id.
#   after: |
#    `hostid` on the trial system prints the same id, and `journalctl -u
#    zfs-import-{pool}` shows the import without "was previously in use".
#  phase: boot
#  sources:
#   - https://openzfs.github.io/openzfs-docs/man/master/7/zpoolprops.7.html
#   - https://openzfs.github.io/openzfs-docs/man/master/8/zpool-import.8.html
package rules.storage.zfs_multihost

import data.lib.disks

findings contains {"at": [sprintf("/storage/zfs_pools/%d", [i])], "vars": {"pool": pool.name}} if {
	some i, pool in disks.pools
	some p in pool.properties
	p.name == "multihost"
	p.value == "on"
}
