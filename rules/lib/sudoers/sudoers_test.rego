package lib.sudoers_test

import data.lib.sudoers

_catalog := {
	"sudo_users": {"zabbix": "zabbix-agent"},
	"sudo_programs": {"zfs": {}, "smartctl": {"package": "smartmontools"}, "su": {"path": "/run/wrappers/bin/su"}, "qm": {"on": ["proxmox"]}},
}

_line(file, text) := {"path": file, "properties": [{"key": split(text, " ")[0], "value": line} | some line in split(text, "\n")]}

_host(text) := {"host": {"name": "pve1"}, "config_files": [_line("/etc/sudoers.d/own", text)], "system": {"groups": [], "users": []}}

_rules(text) := out if {
	out := [r.rule | some r in sudoers.rules] with input as _host(text) with data.catalog as _catalog with data.target as "proxmox"
}

_left(text) := out if {
	out := sudoers.left with input as _host(text) with data.catalog as _catalog with data.target as "proxmox"
}

_missing(text) := out if {
	out := sudoers.missing with input as _host(text) with data.catalog as _catalog with data.target as "proxmox"
}

_at := "/config_files/0/properties/0"

test_tag_holds_until_its_opposite if {
	_rules("bob,%ops ALL = (root:ALL) NOPASSWD: /usr/sbin/zfs list *, NOEXEC: /sbin/smartctl, PASSWD: ALL") == [{
		"groups": ["ops"],
		"users": ["bob"],
		"runAs": "root:ALL",
		"commands": [
			{"command": "/run/current-system/sw/bin/zfs list *", "options": ["NOPASSWD"]},
			{"command": "/run/current-system/sw/bin/smartctl", "options": ["NOEXEC", "NOPASSWD"]},
			{"command": "ALL", "options": ["NOEXEC", "PASSWD"]},
		],
	}]
}

test_without_a_name_it_is_root if {
	_rules("zabbix ALL=/usr/sbin/zfs \"\"") == [{"users": ["zabbix-agent"], "runAs": "root", "commands": [{"command": "/run/current-system/sw/bin/zfs \"\""}]}]
}

test_ids_and_rights if {
	_rules("#1000,%#27,%sudo,ALL pve1=(ALL) ALL") == [{"users": [1000, "ALL"], "groups": [27, "wheel"], "runAs": "ALL", "commands": [{"command": "ALL"}]}]
}

test_members_stand_for_aliases if {
	_rules("Cmnd_Alias DISKS = /usr/sbin/smartctl -a *, /usr/sbin/zfs\nCmd_Alias VMS = /usr/sbin/qm\nUser_Alias OPS = ann, bob\nOPS ALL=(root) NOPASSWD: DISKS, VMS") == [{
		"users": ["ann", "bob"],
		"runAs": "root",
		"commands": [
			{"command": "/run/current-system/sw/bin/smartctl -a *", "options": ["NOPASSWD"]},
			{"command": "/run/current-system/sw/bin/zfs", "options": ["NOPASSWD"]},
			{"command": "/run/current-system/sw/bin/qm", "options": ["NOPASSWD"]},
		],
	}]
}

test_alias_defined_twice_is_not_understood if {
	_rules("Cmnd_Alias DISKS = /usr/sbin/zfs\nCmnd_Alias DISKS = /usr/sbin/smartctl\nbob ALL=(root) DISKS\nann ALL=ALL") == []
}

test_two_definitions_in_a_line_are_not_understood if {
	_left("Cmnd_Alias DISKS = /usr/sbin/zfs : VMS = /usr/sbin/qm\nbob ALL=(root) DISKS") == {"/config_files/0/properties/1"}
}

test_escaped_comma_separates_nothing if {
	_rules(`bob ALL=(root) /usr/sbin/zfs list -o name\,used, /usr/bin/su`) == [{"users": ["bob"], "runAs": "root", "commands": [
		{"command": `/run/current-system/sw/bin/zfs list -o name\,used`},
		{"command": "/run/wrappers/bin/su"},
	]}]
}

test_missing_program_is_named_and_the_rest_stays if {
	text := "bob ALL=(root) NOPASSWD: /usr/local/bin/own, SETENV: /usr/sbin/zfs"
	_rules(text) == [{"users": ["bob"], "runAs": "root", "commands": [{"command": "/run/current-system/sw/bin/zfs", "options": ["NOPASSWD", "SETENV"]}]}]
	_missing(text) == {_at: ["/usr/local/bin/own"]}
	_left(text) == set()
}

test_program_of_another_target_is_missing if {
	sudoers.missing == {_at: ["/usr/sbin/qm"]} with input as _host("bob ALL=(root) /usr/sbin/qm list") with data.catalog as _catalog with data.target as "incus"
	_missing("bob ALL=(root) /usr/sbin/qm list") == {}
}

test_prohibition_is_kept if {
	_rules("bob ALL=(ALL) ALL, !/usr/bin/su root") == [{"users": ["bob"], "runAs": "ALL", "commands": [{"command": "ALL"}, {"command": "!/run/wrappers/bin/su root"}]}]
}

test_prohibition_that_cannot_be_said_stops_all if {
	text := "ann ALL=(ALL) ALL\nbob ALL=(ALL) ALL, !/usr/local/bin/own"
	_rules(text) == []
	_left(text) == {_at, "/config_files/0/properties/1"}
	_missing(text) == {}
}

test_lost_password_stops_all if {
	_rules("bob ALL=(ALL) NOPASSWD: ALL\nbob ALL=(ALL) PASSWD: /usr/local/bin/own") == []
}

test_negated_all_stops_all if {
	_rules("ann ALL=ALL\nbob ALL=(ALL) !ALL") == []
}

test_hidden_line_stops_all if {
	host := object.union(_host("ann ALL=(ALL) ALL"), {"config_files": [
		_line("/etc/sudoers.d/own", "ann ALL=(ALL) ALL"),
		{"path": "/etc/sudoers.d/z", "properties": [{"key": "bob", "secret": {"secret": true}}]},
	]})
	sudoers.rules == [] with input as host with data.catalog as _catalog with data.target as "proxmox"
}

test_line_that_is_not_understood_leaves_the_others if {
	text := "ann ALL=(root) /usr/sbin/zfs\nbob ALL=(root) sudoedit /etc/hosts"
	count(_rules(text)) == 1
	_left(text) == {"/config_files/0/properties/1"}
}

test_shapes_that_are_not_taken if {
	every text in [
		"bob web=(root) /usr/sbin/zfs",
		"bob ALL=() /usr/sbin/zfs",
		"bob ALL=(postgres) /usr/sbin/zfs",
		"bob ALL=(root) TIMEOUT=5 /usr/sbin/zfs",
		"bob ALL=(root) NOFOLLOW: /usr/sbin/zfs",
		"bob ALL=(root) /usr/sbin/zfs list : pve2 = /usr/sbin/zfs",
		"bob ALL=(root) /usr/sbin/zfs ${pkgs}",
		"+net ALL=(root) /usr/sbin/zfs",
		"bob",
	] {
		_left(text) == {_at}
		_rules(text) == []
	}
}

test_own_lines_of_nixos_are_no_rules if {
	text := "root\tALL=(ALL:ALL) ALL\n%sudo ALL=(ALL : ALL) ALL"
	_rules(text) == []
	_left(text) == set()
}

test_person_as_whom if {
	host := object.union(_host("bob ALL=(ann:team) /usr/sbin/zfs"), {"system": {
		"groups": [{"name": "team", "gid": 1001, "members": []}],
		"users": [{"name": "ann", "uid": 1000, "gid": 1000, "home": "/home/ann", "shell": "/bin/sh", "gecos": "", "password": "set"}],
	}})
	[r.rule.runAs | some r in sudoers.rules] == ["ann:team"] with input as host with data.catalog as object.union(_catalog, {"shells": {"/bin/sh": {"path": "/bin/sh"}}}) with data.target as "proxmox"
}

test_directory_stands_where_it_is_included if {
	host := {"host": {"name": "pve1"}, "system": {"groups": [], "users": []}, "config_files": [
		_line("/etc/sudoers", "Defaults env_reset\nann ALL=ALL\n@includedir /etc/sudoers.d\nzoe ALL=ALL"),
		_line("/etc/sudoers.d/b", "eve ALL=ALL"),
		_line("/etc/sudoers.d/a", "bob ALL=ALL"),
	]}
	[r.who | some r in sudoers.rules] == ["ann", "bob", "eve", "zoe"] with input as host with data.catalog as _catalog with data.target as "proxmox"
}

test_directory_that_is_not_included_is_not_read if {
	host := {"host": {"name": "pve1"}, "system": {"groups": [], "users": []}, "config_files": [
		_line("/etc/sudoers", "ann ALL=ALL"),
		_line("/etc/sudoers.d/a", "bob ALL=ALL"),
	]}
	[r.who | some r in sudoers.rules] == ["ann"] with input as host with data.catalog as _catalog with data.target as "proxmox"
}

test_programs_of_a_command_are_moved if {
	sudoers.moved("disk[*],sudo /usr/sbin/smartctl -a /dev/$1|/usr/bin/zfs-x; /opt/sbin/zfs \"/sbin/zfs\"") == "disk[*],sudo /run/current-system/sw/bin/smartctl -a /dev/$1|/usr/bin/zfs-x; /opt/sbin/zfs \"/run/current-system/sw/bin/zfs\"" with data.catalog as _catalog with data.target as "proxmox"
}
