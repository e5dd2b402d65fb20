package rules.hardware.ups_test

import data.rules.hardware.ups

_text(key, value) := {"key": key, "value": value, "fields": []}

_secret(key) := {"key": key, "secret": {"secret": true}, "fields": []}

_monitor(system, role) := {"key": "MONITOR", "secret": {"secret": true}, "fields": [
	{"name": "system", "value": system},
	{"name": "supplies", "value": "1"},
	{"name": "user", "value": "nas"},
	{"name": "role", "value": role},
]}

_file(name, properties) := {"path": sprintf("/etc/nut/%s", [name]), "properties": properties}

_unit(name) := {"name": name, "file_state": "enabled"}

_host(files) := {"units": [_unit("nut-monitor.service"), _unit("nut-driver@rack.service")], "config_files": files}

_client := [_file("nut.conf", [_text("MODE", "netclient")]), _file("upsmon.conf", [_monitor("rack@10.0.0.1", "secondary")])]

_rack := [_text("rack.driver", "usbhid-ups"), _text("rack.port", "auto")]

_server(devices, users) := [
	_file("nut.conf", [_text("MODE", "netserver")]),
	_file("ups.conf", devices),
	_file("upsd.conf", [_text("LISTEN", "127.0.0.1"), _text("LISTEN", "192.0.2.10 3493"), _text("LISTEN", "x y"), _text("MAXAGE", "25")]),
	_file("upsd.users", users),
	_file("upsmon.conf", [_monitor("rack@localhost", "primary"), _text("POLLFREQ", "5"), _text("NOTIFYFLAG", "ONBATT SYSLOG+EXEC"), _text("NOTIFYMSG", `ONLINE "UPS %s is back"`), _text("SHUTDOWNCMD", `"/sbin/shutdown -h +0"`)]),
]

_settings(files) := out if {
	out := {concat(".", s.option): s.value | some s in ups.settings; not startswith(concat(".", s.option), "systemd.services.nut-passwords")} with input as _host(files)
}

_passwords(files) := out if {
	out := {s.option[3]: s.value | some s in ups.settings; startswith(concat(".", s.option), "systemd.services.nut-passwords")} with input as _host(files)
}

_carried(files) := out if {
	out := {c.path | some c in ups.carries} with input as _host(files)
}

test_client_watches_another_machine if {
	_settings(_client) == {
		"power.ups.enable": true,
		"power.ups.mode": "netclient",
		"power.ups.upsmon.monitor.rack-10-0-0-1.system": "rack@10.0.0.1",
		"power.ups.upsmon.monitor.rack-10-0-0-1.powerValue": 1,
		"power.ups.upsmon.monitor.rack-10-0-0-1.user": "nas",
		"power.ups.upsmon.monitor.rack-10-0-0-1.type": "secondary",
		"power.ups.upsmon.monitor.rack-10-0-0-1.passwordFile": "/run/nut-passwords/monitor-rack-10-0-0-1",
	}
	_carried(_client) == {"/etc/nut/upsmon.conf"}
	_passwords(_client).requiredBy == ["upsmon.service"]
	contains(_passwords(_client).script, `MONITOR[[:blank:]]+rack@10\.0\.0\.1[[:blank:]]`)
}

test_server_with_its_driver_and_users if {
	files := _server(
		array.concat([_text("maxretry", "3"), _text("pollinterval", "5"), _text("maxstartdelay", "60"), _text("user", "nut")], array.concat(_rack, [
			_text("rack.desc", "Eaton 5P"), _text("rack.sdorder", "-1"), _text("rack.ignorelb", ""), _text("rack.vendorid", "0463"),
		])),
		[_secret("nas.password"), _text("nas.upsmon master", ""), _text("admin.actions", "SET FSD"), _text("admin.instcmds", "ALL"), _secret("admin.password")],
	)
	settings := _settings(files)
	{k: v | some k, v in settings; regex.match(`^power\.ups\.(ups|users|upsd|max)`, k)} == {
		"power.ups.maxStartDelay": 60,
		"power.ups.ups.rack.driver": "usbhid-ups",
		"power.ups.ups.rack.port": "auto",
		"power.ups.ups.rack.description": "Eaton 5P",
		"power.ups.ups.rack.shutdownOrder": -1,
		"power.ups.ups.rack.directives": ["ignorelb", `pollinterval = "5"`, `vendorid = "0463"`],
		"power.ups.upsd.listen": [{"address": "127.0.0.1", "port": 3493}, {"address": "192.0.2.10", "port": 3493}],
		"power.ups.upsd.extraConfig": "MAXAGE 25\n",
		"power.ups.users.nas.passwordFile": "/run/nut-passwords/user-nas",
		"power.ups.users.nas.upsmon": "primary",
		"power.ups.users.admin.passwordFile": "/run/nut-passwords/user-admin",
		"power.ups.users.admin.actions": ["SET", "FSD"],
		"power.ups.users.admin.instcmds": ["ALL"],
		"power.ups.upsmon.monitor.rack-localhost.system": "rack@localhost",
		"power.ups.upsmon.monitor.rack-localhost.powerValue": 1,
		"power.ups.upsmon.monitor.rack-localhost.user": "nas",
		"power.ups.upsmon.monitor.rack-localhost.type": "primary",
		"power.ups.upsmon.monitor.rack-localhost.passwordFile": "/run/nut-passwords/monitor-rack-localhost",
		"power.ups.upsmon.settings.POLLFREQ": 5,
		"power.ups.upsmon.settings.NOTIFYFLAG": [["ONBATT", "SYSLOG+EXEC"]],
		"power.ups.upsmon.settings.NOTIFYMSG": [["ONLINE", "UPS %s is back"]],
	}
	settings["systemd.services.upsd.after"] == ["network-online.target"]
	settings["systemd.services.upsdrv.serviceConfig"] == {"Restart": "on-failure", "RestartSec": 5}
	_carried(files) == {"/etc/nut/upsmon.conf", "/etc/nut/upsd.users"}
	_passwords(files).before == ["upsd.service", "upsmon.service"]
	contains(_passwords(files).script, `> "$RUNTIME_DIRECTORY/user-admin"`)
}

test_driver_with_a_community_keeps_its_file if {
	files := _server(array.concat(_rack, [_secret("rack.community")]), [])
	_settings(files)["environment.etc.nut/ups.conf.source"] == {"_mkForce": "/var/lib/pve2nix/etc/nut/ups.conf"}
	not _settings(files)["power.ups.ups.rack.driver"]
	_carried(files) == {"/etc/nut/upsmon.conf", "/etc/nut/ups.conf"}
}

test_timers_on_events if {
	files := array.concat(_client, [_file("upssched.conf", [
		_text("CMDSCRIPT", "/usr/local/sbin/ups-event"), _text("PIPEFN", "/run/nut/upssched.pipe"), _text("LOCKFN", "/run/nut/upssched.lock"),
		_text("AT", "ONBATT * START-TIMER onbatt 300"),
	])])
	_settings(files)["power.ups.schedulerRules"] == "/etc/upssched.conf"
	_settings(files)["environment.etc.upssched.conf.text"] == "CMDSCRIPT /usr/local/sbin/ups-event\nPIPEFN /run/nut/upssched.pipe\nLOCKFN /run/nut/upssched.lock\nAT ONBATT * START-TIMER onbatt 300\n"
}

test_timer_of_another_form_leaves_all if {
	files := array.concat(_client, [_file("upssched.conf", [_text("CMDSCRIPT", "/x"), _text("AT", "ONBATT * START-TIMER a 3"), _text("AT", "${x}")])])
	not _settings(files)["power.ups.schedulerRules"]
}

test_nothing_where_something_is_not_understood if {
	every files in [
		[_file("nut.conf", [_text("MODE", "none")]), _client[1]],
		[_client[0]],
		[_client[0], _file("upsmon.conf", [_monitor("rack@10.0.0.1", "secondary"), _secret("MONITOR")])],
		[_client[0], _file("upsmon.conf", [_monitor("rack@$(x)", "secondary")])],
		_server([], []),
		_server([_text("rack.driver", "a b"), _text("rack.port", "auto")], []),
		_server(array.concat(_rack, [_text("rack.x", `"`)]), []),
		_server(array.concat(_rack, [_text("rack.port", "again")]), []),
		_server(array.concat(_rack, [_text("rack.sdorder", "x")]), []),
		_server(_rack, [_text("a b.actions", "SET")]),
	] {
		_settings(files) == {}
		_carried(files) == set()
	}
}

test_installed_and_unused if {
	count(ups.settings) == 0 with input as {"units": [{"name": "nut-monitor.service", "file_state": "disabled"}], "config_files": _client}
}
