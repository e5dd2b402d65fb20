package rules.backup.cron_lines_test

import data.rules.backup.cron_lines

_line(user, schedule, options) := {"schedule": schedule, "user": user, "program": "vzdump", "source": "/etc/pve/vzdump.cron:6", "backup": {"enabled": true, "options": [{"name": k, "value": v} | some [k, v] in options]}}

_host(line) := {"host": {"name": "pve1"}, "jobs": {"vzdump_cron": [{"schedule": "0 2 * * 0", "user": "root", "program": "/usr/local/sbin/odd-job", "source": "x"}, line]}}

_set(host) := {concat(".", array.slice(s.option, 1, 9)): s.value | some s in settings} if {
	settings := cron_lines.settings with input as host
}

test_a_line_is_called_with_what_it_says if {
	host := _host(_line("root", "30 3 * * 6", [["vmid", "100 101,102"], ["storage", "nas"], ["maxfiles", "2"], ["mode", "stop"], ["mailto", "a@example.net; rm"], ["quiet", "1"]]))
	set := _set(host)
	set["services.vzdump-cron-1.script"] == "exec /run/current-system/sw/bin/vzdump 100 101 102 --prune-backups keep-last=2 --mode stop --storage nas\n"
	set["timers.vzdump-cron-1.timerConfig"] == {"OnCalendar": "Sat *-*-* 03:30:00"}
	cron_lines.bridges == {{"at": ["/jobs/vzdump_cron/1"], "bridge": "backup", "params": {"unit": "vzdump-cron-1"}}} with input as host
	cron_lines.checks == {{"at": ["/jobs/vzdump_cron/1"], "check": "unit-active", "params": {"unit": "vzdump-cron-1.timer"}, "required": true}} with input as host
}

test_all_but_some if {
	_set(_host(_line("root", "0 1 * * *", [["all", "1"], ["exclude", "105 900"], ["maxfiles", "0"], ["node", "pve1"]])))["services.vzdump-cron-1.script"] == "exec /run/current-system/sw/bin/vzdump --all 1 --exclude 105,900 --prune-backups keep-all=1 --node pve1\n"
}

test_what_is_not_understood_is_left if {
	every line in [
		_line("root", "0 1 13 * 5", [["vmid", "100"]]),
		_line("nobody", "0 1 * * *", [["vmid", "100"]]),
		_line("root", "0 1 * * *", [["vmid", "100; reboot"]]),
		_line("root", "0 1 * * *", [["vmid", "100"], ["script", "/root/x"]]),
		_line("root", "0 1 * * *", [["vmid", "100"], ["node", "pve2"]]),
	] {
		count(_set(_host(line))) == 0
	}
}
