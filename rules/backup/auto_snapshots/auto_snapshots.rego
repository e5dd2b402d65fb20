# METADATA
# scope: package
# title: "Snapshots of {names} are no longer made"
# description: |
#  zfs-auto-snapshot makes and removes snapshots here by jobs of cron, of
#  {names} and of all below that does not say com.sun:auto-snapshot=false.
#  Nothing does so on NixOS: no new snapshots, and the old ones are never
#  removed, so they hold more space every day.
# custom:
#  id: PVE-BAK-016
#  kind: gap
#  category: service
#  severity: major
#  component: ZFS snapshots
#  equivalent: services.zfs.autoSnapshot
#  account: none
#  workaround: |
#   Debian's jobs take each data set that is not left out, NixOS only those
#   with the property: `zfs set com.sun:auto-snapshot=true POOL`. Then
#   services.zfs.autoSnapshot.enable, with frequent, hourly, daily, weekly
#   and monthly as the jobs in /etc/cron.* keep them; or services.sanoid with
#   a policy for each data set. Snapshots with the names of before
#   (zfs-auto-snap_daily-…) are thinned out by the first only.
#  test:
#   before: |
#    `zfs list -t snapshot -o name,creation -s creation | grep zfs-auto-snap
#    | tail -3` on PVE prints snapshots of the last hour.
#   after: |
#    `zfs list -t snapshot -o name,creation -s creation | tail -3` on the
#    trial system prints a snapshot that is younger than the conversion.
#  phase: run
#  sources:
#   - https://search.nixos.org/options?query=services.zfs.autoSnapshot
#   - https://github.com/zfsonlinux/zfs-auto-snapshot
package rules.backup.auto_snapshots

import data.lib.facts

# Without the property the whole pool is taken.
_marked[at] := pool.name if {
	facts.packages["zfs-auto-snapshot"]
	some i, pool in input.storage.zfs_pools
	some j, d in pool.datasets
	d.name == pool.name
	not _left_out(d)
	at := sprintf("/storage/zfs_pools/%d/datasets/%d", [i, j])
}

_left_out(d) if {
	some p in d.properties
	p.name == "com.sun:auto-snapshot"
	lower(p.value) == "false"
}

# A property for one interval only (com.sun:auto-snapshot:daily) counts as well.
_marked[at] := d.name if {
	facts.packages["zfs-auto-snapshot"]
	some i, pool in input.storage.zfs_pools
	some j, d in pool.datasets
	some p in d.properties
	startswith(p.name, "com.sun:auto-snapshot")
	p.origin in {"local", "received"}
	lower(p.value) == "true"
	at := sprintf("/storage/zfs_pools/%d/datasets/%d", [i, j])
}

findings contains {"at": sort(object.keys(_marked)), "vars": {"names": concat(", ", sort({n | some n in _marked}))}} if {
	count(_marked) > 0
}
