package rules.system.local_units_test

import data.rules.system.local_units

_catalog := {
	"programs": {"restic": ["pkgs", "restic"], "true": ["pkgs", "coreutils"]},
	"nixos_own_units": {"docker.service": true},
	"nixos_units": {
		"ssh.service": {"units": ["sshd.service"]},
		"pve-guests.service": {"units": ["pve-guests.service"], "of": "proxmox-nixos", "on": {"libvirt": ["libvirt-guests.service"]}},
		"pve-cluster.service": {"units": ["pve-cluster.service"], "of": "proxmox-nixos"},
	},
	"debian_units": {"nut-server.service": "upsd.service", "pve-ha-crm.service": "none"},
}

_unit(name, lines) := {
	"name": name,
	"fragment_path": concat("", ["/etc/systemd/system/", name]),
	"drop_ins": [],
	"file_state": "enabled",
	"detail": {"commands": [], "wanted_by": [], "settings": [object.union({"key": line[0]}, _value(line)) | some line in lines]},
}

_value(line) := {"value": line[1]} if {
	count(line) == 2
} else := {"secret": {"path": "x"}}

_host(units) := {"units": units, "local_files": []}

_settings(units, target) := found if found := {concat(".", s.option): s.value | some s in local_units.settings} with input as _host(units)
	with data.catalog as _catalog
	with data.target as target

test_a_service_is_written_as_it_is if {
	_settings(
		[_unit("offsite.service", [
			["Unit.Description", "Copy ${HOME}"], ["Unit.Documentation", "man:restic(1) https://example.org"],
			["Unit.After", "network-online.target ssh.service %i.mount nut-server.service rubbish"], ["Unit.Wants", "network-online.target"], ["Unit.ConditionPathExists", "/tank"],
			["Service.Type", "oneshot"], ["Service.User", "jo"], ["Service.ProtectSystem", "strict"],
			["Service.ExecStartPre", "-/bin/true"], ["Service.ExecStartPre", "/usr/local/bin/check %n $HOME"],
			["Service.ExecStart", "/usr/bin/restic backup /old"], ["Service.ExecStart", ""], ["Service.ExecStart", "/usr/bin/restic backup --tag %i ${WHERE}"],
			["Install.WantedBy", "multi-user.target ssh.service"], ["Install.Alias", "copy.service"], ["X-Own.Note", "a"],
		])],
		"proxmox",
	) == {
		"systemd.services.offsite.description": "Copy ${HOME}",
		"systemd.services.offsite.documentation": ["man:restic(1)", "https://example.org"],
		"systemd.services.offsite.after": ["%i.mount", "network-online.target", "sshd.service", "upsd.service"],
		"systemd.services.offsite.wants": ["network-online.target"],
		"systemd.services.offsite.wantedBy": ["multi-user.target", "sshd.service"],
		"systemd.services.offsite.aliases": ["copy.service"],
		"systemd.services.offsite.unitConfig.ConditionPathExists": "/tank",
		"systemd.services.offsite.serviceConfig.Type": "oneshot",
		"systemd.services.offsite.serviceConfig.User": "jo",
		"systemd.services.offsite.serviceConfig.ProtectSystem": "strict",
		"systemd.services.offsite.serviceConfig.ExecStartPre": [{"_concat": ["-", {"_ref": ["pkgs", "coreutils"]}, "/bin/true"]}, "/usr/local/bin/check %n $HOME"],
		"systemd.services.offsite.serviceConfig.ExecStart": {"_concat": [{"_ref": ["pkgs", "restic"]}, "/bin/restic backup --tag %i ${WHERE}"]},
	}
}

test_what_waits_for_the_network_has_it_started if {
	found := _settings([_unit("poll.service", [["Unit.After", "network-online.target"], ["Service.ExecStart", "/usr/local/bin/poll"]])], "proxmox")
	found["systemd.services.poll.wants"] == ["network-online.target"]
	other := _settings([_unit("poll.service", [["Unit.After", "network.target"], ["Service.ExecStart", "/usr/local/bin/poll"]])], "proxmox")
	not other["systemd.services.poll.wants"]
}

test_timers_sockets_and_paths_are_written if {
	_settings(
		[
			_unit("a.timer", [["Timer.OnCalendar", "daily"], ["Timer.OnCalendar", "Mon 12:00"], ["Timer.Unit", "b.service"], ["Install.WantedBy", "timers.target"]]),
			_unit("a.socket", [["Unit.Description", "A"], ["Socket.ListenStream", "/run/a"]]),
			_unit("a.path", [["Unit.BindsTo", "b.service"], ["Path.PathChanged", "/a"], ["Path.Unit", "pve-cluster.service"]]),
		],
		"incus",
	) == {
		"systemd.timers.a.timerConfig.OnCalendar": ["daily", "Mon 12:00"],
		"systemd.timers.a.timerConfig.Unit": "b.service",
		"systemd.timers.a.wantedBy": ["timers.target"],
		"systemd.sockets.a.description": "A",
		"systemd.sockets.a.socketConfig.ListenStream": "/run/a",
		"systemd.paths.a.bindsTo": ["b.service"],
		"systemd.paths.a.pathConfig.PathChanged": "/a",
		"systemd.paths.a.pathConfig.Unit": "pve-cluster.service",
	}
}

test_what_is_switched_off_is_written_and_not_started if {
	unit := object.union(_unit("a.timer", [["Timer.OnCalendar", "daily"], ["Install.WantedBy", "timers.target"], ["Install.Alias", "b.timer"]]), {"file_state": "disabled"})
	_settings([unit], "proxmox") == {"systemd.timers.a.timerConfig.OnCalendar": "daily"}
}

test_units_of_pve_are_required_only_where_they_are if {
	unit := _unit("a.service", [["Unit.Requires", "pve-cluster.service pve-guests.service pve-ha-crm.service"], ["Unit.After", "pve-cluster.service"]])
	_settings([unit], "proxmox")["systemd.services.a.requires"] == ["pve-cluster.service", "pve-guests.service"]
	_settings([unit], "libvirt")["systemd.services.a.requires"] == ["libvirt-guests.service"]
	_settings([unit], "libvirt")["systemd.services.a.after"] == ["pve-cluster.service"]
}

test_a_script_finds_programs_by_name if {
	unit := _unit("a.service", [["Service.ExecStart", "/root/a.sh"]])
	script := json.patch(unit, [{"op": "replace", "path": "/detail/commands", "value": [{"when": "ExecStart", "program": "/root/a.sh", "arguments": []}]}])
	_settings([script], "proxmox")["systemd.services.a.after"] == ["bin.mount", "usr-bin.mount"]
	_settings([script], "proxmox")["systemd.services.a.path"] == ["/run/wrappers", "/run/current-system/sw", "/usr/local"]
	plain := json.patch(unit, [{"op": "replace", "path": "/detail/commands", "value": [{"when": "ExecStart", "program": "/usr/bin/restic", "arguments": []}]}])
	not _settings([plain], "proxmox")["systemd.services.a.path"]
}

test_lines_that_may_be_secret_are_left_to_the_copy if {
	unit := object.union(_unit("a.service", [["Service.Environment"], ["Service.Environment", "A=b"], ["Service.Type", "simple"]]), {"drop_ins": ["/etc/systemd/system/a.service.d/b.conf", "/lib/x"]})
	_settings([unit], "proxmox") == {"systemd.services.a.serviceConfig.Type": "simple"}
	{c.to | some c in local_units.carries} == {"/var/lib/pve2nix/etc/systemd/system/a.service", "/var/lib/pve2nix/etc/systemd/system/a.service.d/b.conf"} with input as _host([unit]) with data.catalog as _catalog
}

test_an_instance_is_wanted_by_its_target if {
	template := _unit("a@.service", [["Service.ExecStart", "/bin/true %i"], ["Install.WantedBy", "multi-user.target"]])
	instance := json.patch(object.union(_unit("a@b.service", [["Service.ExecStart", "/bin/true %i"]]), {"fragment_path": "/etc/systemd/system/a@.service"}), [{"op": "replace", "path": "/detail/wanted_by", "value": ["multi-user.target", "other.service"]}])
	_settings([template, instance], "proxmox") == {
		"systemd.services.a@.serviceConfig.ExecStart": {"_concat": [{"_ref": ["pkgs", "coreutils"]}, "/bin/true %i"]},
		"systemd.targets.multi-user.wants": ["a@b.service"],
	}
	count(local_units.findings) == 0 with input as _host([template, instance]) with data.catalog as _catalog
}

test_fires_on_units_that_are_not_written if {
	every unit in [
		_unit("docker.service", [["Service.Type", "simple"]]),
		_unit("a b.service", [["Service.Type", "simple"]]),
		_unit("a.service", [["Service.Type", "simple\\"]]),
		_unit("a.service", [["Service.Type", "simple\nUser=root"]]),
		_unit("a.service", [["Service.Ty pe", "simple"]]),
		_unit("a.service", []),
	] {
		local_units.findings == {{"at": ["/units/0"], "vars": {"count": 1, "units": unit.name}}} with input as _host([unit]) with data.catalog as _catalog
		count(local_units.settings) == 0 with input as _host([unit]) with data.catalog as _catalog
		count(local_units.carries) == 1 with input as _host([unit]) with data.catalog as _catalog
	}
}

test_silent_on_units_that_are_none_of_people if {
	every change in [
		{"fragment_path": "/lib/systemd/system/a.service"}, {"file_state": "alias"}, {"load_state": "masked"},
		{"fragment_path": "/run/systemd/generator/a.service"}, {"fragment_path": "/etc/systemd/system/a.mount"},
	] {
		host := _host([object.union(_unit("a.service", [["Service.Type", "simple"]]), change)])
		count(local_units.findings) == 0 with input as host with data.catalog as _catalog
		count(local_units.settings) == 0 with input as host with data.catalog as _catalog
	}
}
