# METADATA
# scope: package
# title: "There is a second pool with the name {pool}"
# description: |
#  The device {devices} carries the label of another pool that is called
#  {pool} too: a disk of an earlier installation, or one that was taken out
#  of a pool without `zpool labelclear`. PVE imports by its cache file and
#  does not notice. NixOS imports by name, which ZFS refuses: more than one
#  matching pool, import by numeric ID.
# custom:
#  id: PVE-STO-030
#  kind: pitfall
#  category: configuration
#  severity: critical
#  component: ZFS pool
#  equivalent: boot.zfs.extraPools
#  account: none
#  workaround: |
#   When nothing on it is needed, run `zpool labelclear -f {devices}` on PVE
#   after you made sure that the pool in use is not on it (`zpool status
#   -P`). Otherwise take the disk out, or import it by its number under
#   another name: `zpool import NUMBER NEWNAME`.
#  test:
#   before: |
#    `zpool import` on PVE lists a pool {pool} that can be imported while
#    `zpool list` shows {pool} as in use.
#   after: |
#    `zpool import` on PVE prints "no pools available to import", and `zpool
#    status {pool}` on the trial system says ONLINE.
#  phase: boot
#  sources:
#   - https://openzfs.github.io/openzfs-docs/man/master/8/zpool-import.8.html
#   - https://openzfs.github.io/openzfs-docs/man/master/8/zpool-labelclear.8.html
#   - https://github.com/NixOS/nixpkgs/blob/master/nixos/modules/tasks/filesystems/zfs.nix
package rules.storage.zfs_namesake

findings contains {"at": sort([d.at | some d in others]), "vars": {"pool": p.name, "devices": concat(" ", sort([d.path | some d in others]))}} if {
	some p in input.storage.zfs_pools
	p.imported
	others := [d | some d in _members[p.name]; d.uuid != p.guid]
	count(others) > 0
}

_members[label] contains {"at": sprintf("/storage/block_devices/%d", [i]), "uuid": d.uuid, "path": concat("", ["/dev/", d.name])} if {
	some i, d in input.storage.block_devices
	d.content == "zfs_member"
	label := d.label
	d.uuid
}
