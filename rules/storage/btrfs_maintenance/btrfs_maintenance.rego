# METADATA
# scope: package
# title: Scrub, balance and trim of btrfs file systems
# description: |
#  What btrfsmaintenance does on this host at the times of its timers: services.btrfs.autoScrub
#  reads all data back, a timer balances data and metadata that are nearly empty, which keeps
#  room for metadata while df shows some, and services.fstrim trims.
# custom:
#  sources:
#   - https://search.nixos.org/options?query=services.btrfs.autoScrub
#   - https://github.com/kdave/btrfsmaintenance
#   - https://btrfs.readthedocs.io/en/latest/btrfs-balance.html
package rules.storage.btrfs_maintenance

import data.lib.facts
import data.lib.waits

_mounts := sort({mount |
	some fs in input.storage.btrfs
	mount := min(fs.mounts)
	regex.match(`^/[A-Za-z0-9_./-]*$`, mount)
	facts.plain_path(mount)
})

# All of them have a path that a unit can name.
_ready if {
	count(_mounts) > 0
	every fs in input.storage.btrfs {
		_reached(fs)
	}
}

_reached(fs) if count(fs.mounts) == 0

_reached(fs) if min(fs.mounts) in _mounts

_timer(name) := facts.units[name].at if name in facts.in_use

# What stands in a drop-in counts, the last of it.
_calendar(name, usual) := found[count(found) - 1] if {
	found := [s.value |
		some s in facts.units[name].unit.detail.settings
		s.key == "Timer.OnCalendar"
		regex.match(`^[A-Za-z0-9*:., /~-]{1,80}$`, s.value)
	]
	count(found) > 0
} else := usual

settings contains {"at": [at], "option": ["services", "btrfs", "autoScrub", name], "value": value} if {
	_ready
	at := _timer("btrfs-scrub.timer")
	some name, value in {"enable": true, "fileSystems": _mounts, "interval": _calendar("btrfs-scrub.timer", "monthly")}
}

settings contains {"at": [at], "option": option, "value": value} if {
	_ready
	at := _timer("btrfs-balance.timer")
	some [option, value] in [
		[["systemd", "services", "btrfs-balance", "description"], "Balance of btrfs file systems"],
		[["systemd", "services", "btrfs-balance", "unitConfig", "ConditionPathExists"], waits.condition],
		[["systemd", "services", "btrfs-balance", "serviceConfig"], {"Type": "oneshot", "IOSchedulingClass": "idle", "CPUSchedulingPolicy": "idle", "ExecStart": _balances}],
		[["systemd", "timers", "btrfs-balance", "wantedBy"], ["timers.target"]],
		[["systemd", "timers", "btrfs-balance", "timerConfig"], {"OnCalendar": _calendar("btrfs-balance.timer", "weekly"), "Persistent": true, "RandomizedDelaySec": "1h"}],
	]
}

# A file system that cannot be balanced is no reason to leave out the next one.
_balances := [{"_concat": ["-", {"_ref": ["pkgs", "btrfs-progs"]}, sprintf("/bin/btrfs balance start -dusage=10 -musage=5 %s", [mount])]} | some mount in _mounts]

settings contains {"at": [at], "option": ["services", "fstrim", "enable"], "value": true} if {
	count(_mounts) > 0
	at := _timer("btrfs-trim.timer")
}
