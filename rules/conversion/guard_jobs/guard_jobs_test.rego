package rules.conversion.guard_jobs_test

import data.rules.conversion.guard_jobs

_found(target, cron, units) := {concat(" ", s.option): s.value |
	some s in guard_jobs.settings with data.target as target with input as {"system": {"cron": cron}, "units": units, "local_files": []}
}

_waits := ["|!/var/lib/pve2nix/guard/trial.json", "|/var/lib/pve2nix/guard/committed"]

_job := {"source": "/etc/cron.d/mine:3", "program": "/usr/bin/rsync", "line": "0 3 * * * root rsync"}

_timer(settings) := {
	"name": "mine.timer", "fragment_path": "/etc/systemd/system/mine.timer", "file_state": "enabled", "load_state": "loaded",
	"detail": {"settings": array.concat([{"key": "Timer.OnCalendar", "value": "daily", "secret": false}], settings), "commands": [], "wanted_by": []},
}

test_the_scheduler_of_pve_waits if {
	_found("proxmox", [], []) == {"systemd services pvescheduler unitConfig ConditionPathExists": _waits}
}

test_cron_waits if {
	_found("libvirt", [_job], []) == {"systemd services cron unitConfig ConditionPathExists": _waits}
}

test_timers_wait if {
	_found("incus", [], [_timer([])]) == {"systemd timers mine unitConfig ConditionPathExists": _waits}
}

# Near misses: there is no scheduler beside PVE, cron is off without jobs, and a timer with such a condition keeps its own.
test_nothing_else_waits if {
	_found("libvirt", [], []) == {}
	_found("libvirt", [], [_timer([{"key": "Unit.ConditionPathExists", "value": "/srv/data", "secret": false}])]) == {}
}
