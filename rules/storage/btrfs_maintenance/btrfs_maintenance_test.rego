package rules.storage.btrfs_maintenance_test

import data.rules.storage.btrfs_maintenance

_unit(name, state, calendars) := {"name": name, "file_state": state, "detail": {"settings": [{"key": "Timer.OnCalendar", "value": c} | some c in calendars]}}

_host(name, state, mounts) := {"units": [_unit(name, state, ["monthly", "Sun *-*-1..7 03:00:00"])], "storage": {"btrfs": [{"uuid": "a", "mounts": mounts}, {"uuid": "b", "mounts": []}]}}

_of(prefix) := {substring(concat(".", s.option), count(prefix), -1): s.value |
	some s in btrfs_maintenance.settings
	s.at == ["/units/0"]
	startswith(concat(".", s.option), prefix)
}

test_scrub_when_the_timer_is_on if {
	_of("services.btrfs.autoScrub.") == {"enable": true, "fileSystems": ["/srv"], "interval": "Sun *-*-1..7 03:00:00"} with input as _host("btrfs-scrub.timer", "enabled", ["/srv/b", "/srv"])
}

test_balance_by_a_timer_of_its_own if {
	options := _of("systemd.") with input as _host("btrfs-balance.timer", "enabled", ["/srv"])
	options["timers.btrfs-balance.timerConfig"].OnCalendar == "Sun *-*-1..7 03:00:00"
	options["services.btrfs-balance.serviceConfig"].ExecStart == [{"_concat": ["-", {"_ref": ["pkgs", "btrfs-progs"]}, "/bin/btrfs balance start -dusage=10 -musage=5 /srv"]}]
}

test_trim if {
	_of("services.fstrim.") == {"enable": true} with input as _host("btrfs-trim.timer", "enabled", ["/"])
}

test_usual_time_where_none_is_known if {
	host := object.union(_host("btrfs-scrub.timer", "enabled", ["/"]), {"units": [_unit("btrfs-scrub.timer", "enabled", ["monthly\nx=y"])]})
	_of("services.btrfs.autoScrub.").interval == "monthly" with input as host
}

test_none_when_it_is_only_installed if {
	count(btrfs_maintenance.settings) == 0 with input as _host("btrfs-scrub.timer", "disabled", ["/srv"])
}

test_none_without_a_mounted_btrfs if {
	count(btrfs_maintenance.settings) == 0 with input as _host("btrfs-scrub.timer", "enabled", [])
}

test_none_at_a_place_that_a_unit_cannot_name if {
	count(btrfs_maintenance.settings) == 0 with input as _host("btrfs-balance.timer", "enabled", ["/srv/a %i"])
}
