# METADATA
# scope: package
# title: "Snapshots of {names} are kept in the numbers of Debian's package"
# description: |
#  zfs-auto-snapshot makes and removes snapshots here by jobs of cron, of
#  {names} and of all below that does not say com.sun:auto-snapshot=false.
#  services.zfs.autoSnapshot goes on with it, under the same names, and keeps {kept}. How many each
#  job keeps is in its script, which no capture reads: where somebody has changed
#  the number, the next run removes what is more, or keeps what was too much.
# custom:
#  id: PVE-BAK-016
#  kind: pitfall
#  category: service
#  severity: minor
#  component: ZFS snapshots
#  equivalent: services.zfs.autoSnapshot
#  account: none
#  workaround: |
#   Compare --keep in the scripts with what the configuration says, and set
#   services.zfs.autoSnapshot.daily and the others with lib.mkForce to it. Which data sets are
#   taken is a property: `zfs get -r com.sun:auto-snapshot POOL`.
#  test:
#   before: |
#    `grep -H keep= /etc/cron.*/zfs-auto-snapshot` on PVE prints the numbers.
#   after: |
#    `zfs list -t snapshot -o name,creation -s creation | tail -3` on the
#    trial system prints a snapshot that is younger than the conversion, and
#    `systemctl list-timers 'zfs-snapshot-*'` the five timers.
#  phase: run
#  sources:
#   - https://search.nixos.org/options?query=services.zfs.autoSnapshot
#   - https://github.com/zfsonlinux/zfs-auto-snapshot
#   - https://github.com/bdrewery/zfstools
package rules.backup.auto_snapshots

import data.lib.facts
import data.lib.guard
import data.lib.waits

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

_names := sort({n | some n in _marked})

# What the scripts of Debian's package say.
_numbers := {"daily": 31, "frequent": 4, "hourly": 24, "monthly": 12, "weekly": 8}

_words := concat(", ", sort([sprintf("%d %s", [n, name]) | some name, n in _numbers]))

findings contains {"at": sort(object.keys(_marked)), "vars": {"kept": _words, "names": concat(", ", _names)}} if {
	count(_marked) > 0
}

settings contains {"at": array.concat([facts.packages["zfs-auto-snapshot"].at], sort(object.keys(_marked))), "option": ["services", "zfs", "autoSnapshot", name], "value": value} if {
	count(_marked) > 0
	some name, value in object.union(_numbers, {"enable": true})
}

# They take snapshots and remove old ones: not before the commit of a trial.
settings contains {"at": [facts.packages["zfs-auto-snapshot"].at], "option": ["systemd", "services", sprintf("zfs-snapshot-%s", [name]), "unitConfig", "ConditionPathExists"], "value": waits.condition} if {
	count(_marked) > 0
	some name, _ in _numbers
}

# Debian's program takes what says nothing, that of NixOS what says true: a pool without the property gets it.
_unsaid := sort({pool.name |
	some i, pool in input.storage.zfs_pools
	some j, d in pool.datasets
	_marked[sprintf("/storage/zfs_pools/%d/datasets/%d", [i, j])] == pool.name
	guard.pool(pool.name)
	every p in d.properties { p.name != "com.sun:auto-snapshot" }
})

_snapshots := [sprintf("zfs-snapshot-%s.service", [name]) | some name in sort(object.keys(_numbers))]

settings contains {"at": sort([at | some at, name in _marked; name in _unsaid]), "option": array.concat(["systemd", "services", "zfs-auto-snapshot-property"], path), "value": value} if {
	count(_unsaid) > 0
	some [path, value] in [
		[["description"], "Pools whose data sets are snapshotted"],
		[["after"], ["zfs.target"]],
		[["wantedBy"], _snapshots],
		[["before"], _snapshots],
		[["unitConfig", "ConditionPathExists"], waits.condition],
		[["path"], [{"_ref": ["config", "boot", "zfs", "package"]}]],
		[["environment", "POOLS"], concat(" ", _unsaid)],
		[["serviceConfig"], {"Type": "oneshot", "RemainAfterExit": true}],
		[["script"], "for pool in $POOLS; do\n  if test \"$(zfs get -H -o source com.sun:auto-snapshot \"$pool\")\" = -; then\n    zfs set com.sun:auto-snapshot=true \"$pool\"\n  fi\ndone\n"],
	]
}
