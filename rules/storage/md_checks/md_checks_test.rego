package rules.storage.md_checks_test

import data.rules.storage.md_checks

_host(level, source, state) := {
	"storage": {"md_arrays": [{"name": "md0", "level": level, "state": "active"}, {"name": "md/old", "level": "raid1"}]},
	"system": {"cron": [{"source": source}]},
	"units": [{"name": "mdcheck_start.timer", "file_state": state}],
}

_value(name) := [s.value | some s in md_checks.settings; s.option == ["systemd", "timers", "md-check", name]]

test_a_timer_where_debian_has_one if {
	_value("timerConfig") == [{"OnCalendar": "Sun *-*-1..7 01:00:00", "Persistent": true, "RandomizedDelaySec": "1h"}] with input as _host("raid1", "/etc/cron.d/other:1", "enabled")
	every s in md_checks.settings {
		s.at == ["/storage/md_arrays/0"]
	} with input as _host("raid1", "/etc/cron.d/other:1", "enabled")
}

test_a_timer_where_cron_did_it if {
	_value("wantedBy") == [["timers.target"]] with input as _host("raid1", "/etc/cron.d/mdadm:8", "disabled")
	some s in md_checks.settings with input as _host("raid1", "/etc/cron.d/mdadm:8", "disabled")
	s.option[3] == "script"
	contains(s.value, "echo check > \"$action\"")
}

test_none_where_nothing_is_checked if {
	count(md_checks.settings) == 0 with input as _host("raid1", "/etc/cron.d/other:1", "disabled")
}

test_none_without_a_copy_to_compare if {
	count(md_checks.settings) == 0 with input as _host("raid0", "/etc/cron.d/mdadm:8", "enabled")
}
