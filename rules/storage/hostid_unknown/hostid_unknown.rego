# METADATA
# scope: package
# title: ZFS is in use and the host id is not known
# description: |
#  ZFS writes the id of the host into each pool. PVE's id is not in the
#  snapshot, so the configuration has one that is made up: NixOS then takes
#  its own pools for those of a foreign host, refuses to import them, and
#  stops in the initial RAM disk.
# custom:
#  id: PVE-STO-003
#  kind: pitfall
#  category: configuration
#  severity: critical
#  component: ZFS host id
#  equivalent: networking.hostId
#  account: none
#  workaround: |
#   `cat /proc/sys/kernel/spl/hostid` on PVE prints the id that ZFS goes by,
#   without leading zeros. Set networking.hostId to it with eight digits:
#   b3c2a17 is "0b3c2a17", and 0, which is no id, is "00000000". `hostid`
#   makes one up where there is none.
#  test:
#   before: |
#    `zdb -C rpool | grep hostid` shows the id in the pool.
#   after: |
#    `cat /proc/sys/kernel/spl/hostid` on the trial system prints the same as
#    on PVE, and `zpool status` lists all pools.
#  phase: boot
#  sources:
#   - https://openzfs.github.io/openzfs-docs/man/master/8/zpool-import.8.html
#   - https://search.nixos.org/options?query=networking.hostId
package rules.storage.hostid_unknown

import data.lib.disks

findings contains {"at": ["/host/hostid"], "vars": {}} if {
	disks.zfs_in_use
	not regex.match(`^[0-9A-Fa-f]{8}$`, object.get(input.host, "hostid", ""))
}
