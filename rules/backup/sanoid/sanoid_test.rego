package rules.backup.sanoid_test

import data.rules.backup.sanoid

_host(lines, timer) := {
	"packages": [{"name": "sanoid", "status": "installed"}],
	"units": [{"name": "sanoid.timer", "file_state": timer}],
	"config_files": [{"path": "/etc/sanoid/sanoid.conf", "format": "ini", "properties": [{"key": k, "value": v} | some [k, v] in lines]}],
}

_template := [["template_data.hourly", "36"], ["template_data.autosnap", "yes"], ["template_data.autoprune", "no"]]

_set(host) := {concat(".", array.slice(s.option, 2, 9)): s.value | some s in settings; s.option[0] == "services"} if {
	settings := sanoid.settings with input as host
}

test_nothing_is_written_to_a_pool_before_the_commit if {
	some s in sanoid.settings with input as _host([["tank/a.daily", "1"]], "enabled")
	s.option == ["systemd", "services", "sanoid", "unitConfig", "ConditionPathExists"]
	"|/var/lib/pve2nix/guard/committed" in s.value
}

test_a_policy_is_carried_over if {
	_set(_host(array.concat([["tank/files.use_template", "data"], ["tank/files.recursive", "zfs"], ["tank/files.daily", "0"]], _template), "enabled")) == {
		"enable": true,
		"interval": "*:0/15",
		"datasets.tank/files.use_template": ["data"],
		"datasets.tank/files.recursive": "zfs",
		"datasets.tank/files.daily": 0,
		"templates.data.hourly": 36,
		"templates.data.autosnap": true,
		"templates.data.autoprune": false,
	}
}

# A script of the host, a template that has one, or a name of another form: nothing of that section.
test_half_a_policy_is_none if {
	host := _host(array.concat([["tank/a.use_template", "data"], ["tank/a.pre_snapshot_script", "/root/x"], ["tank/b.use_template", "gone"], ["tank/c.daily", "many"], ["tank/${x}.daily", "1"], ["rpool/d.recursive", "yes"]], _template), "enabled")
	_set(host) == {"enable": true, "interval": "*:0/15", "datasets.rpool/d.recursive": true}
}

test_a_template_with_an_unknown_line_is_none if {
	_set(_host(array.concat([["tank/a.use_template", "data"], ["template_data.post_snapshot_script", "/root/x"]], _template), "enabled")) == {}
}

test_silent_where_the_timer_is_off if {
	_set(_host([["tank/a.daily", "1"]], "disabled")) == {}
	count(sanoid.checks) == 0 with input as _host([["tank/a.daily", "1"]], "disabled")
}

test_the_timer_is_looked_at if {
	sanoid.checks == {{"at": ["/units/0"], "check": "unit-active", "params": {"unit": "sanoid.timer"}, "required": false}} with input as _host([["tank/a.daily", "1"]], "enabled")
}
