# METADATA
# scope: package
# title: Pools that Debian does not scrub or trim are on NixOS
# description: |
#  A property of Debian's jobs is set on {names}: org.debian:periodic-scrub
#  or org.debian:periodic-trim says which pools are left out or included.
#  NixOS does not read it. services.zfs.autoScrub scrubs all pools, and
#  services.zfs.trim trims all of them each week, also those whose disks are
#  slow, asleep, or drop out under trim.
# custom:
#  id: PVE-STO-038
#  kind: pitfall
#  category: configuration
#  severity: minor
#  component: ZFS scrub and trim
#  equivalent: services.zfs.autoScrub.pools, services.zfs.trim
#  account: none
#  workaround: |
#   List the pools that are to be scrubbed in services.zfs.autoScrub.pools.
#   To leave a pool out of trimming set services.zfs.trim.enable to false and
#   run `zpool trim POOL` in a timer of its own.
#  test:
#   before: |
#    `zfs get -H -o name,property,value
#    org.debian:periodic-scrub,org.debian:periodic-trim` on PVE shows what is
#    set.
#   after: |
#    `systemctl cat zfs-scrub.service zpool-trim.service` on the trial system
#    names only the pools that are meant.
#  phase: run
#  sources:
#   - https://manpages.debian.org/bookworm/zfsutils-linux/index.html
#   - https://github.com/NixOS/nixpkgs/blob/master/nixos/modules/tasks/filesystems/zfs.nix
#   - https://salsa.debian.org/zfsonlinux-team/zfs
package rules.storage.zfs_schedule

_set[at] := d.name if {
	some i, pool in input.storage.zfs_pools
	some j, d in pool.datasets
	some p in d.properties
	p.name in {"org.debian:periodic-scrub", "org.debian:periodic-trim"}
	p.value in {"disable", "enable"}
	at := sprintf("/storage/zfs_pools/%d/datasets/%d", [i, j])
}

findings contains {"at": sort(object.keys(_set)), "vars": {"names": concat(", ", sort({n | some n in _set}))}} if {
	count(_set) > 0
}
