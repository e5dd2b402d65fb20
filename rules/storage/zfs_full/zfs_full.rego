# METADATA
# scope: package
# title: "ZFS pool {pool} is {percent} % full"
# description: |
#  Less than a tenth of the pool is free. Nothing that belongs to PVE is
#  deleted during the conversion, and each snapshot that is taken before it
#  holds the space of all that changes afterwards. At the end ZFS has no room
#  left to write, not even to delete a file, and all guests on the pool stop
#  at once.
# custom:
#  id: PVE-STO-025
#  kind: pitfall
#  category: configuration
#  severity: major
#  component: ZFS pool
#  account: none
#  workaround: |
#   Free space before the conversion: `zfs list -t snapshot -o name,used -s
#   used -r {pool}` shows what old snapshots hold, `zfs list -o space -r
#   {pool}` what data sets do. Set `zfs set reservation=8G {pool}/DATASET` on
#   an empty data set as a reserve that can be given up.
#  test:
#   before: |
#    `zpool list -H -o capacity {pool}` prints {percent}%.
#   after: |
#    `zpool list -H -o capacity {pool}` prints less than 85%, and still does
#    a day after the conversion.
#  phase: prepare
#  sources:
#   - https://openzfs.github.io/openzfs-docs/man/master/7/zpoolprops.7.html
#   - https://pve.proxmox.com/wiki/ZFS_on_Linux
package rules.storage.zfs_full

# Above this ZFS searches for single free blocks, and the rest goes fast.
_most := 90

findings contains {"at": [sprintf("/storage/zfs_pools/%d", [i])], "vars": {"pool": p.name, "percent": p.capacity_percent}} if {
	some i, p in input.storage.zfs_pools
	p.capacity_percent >= _most
}
