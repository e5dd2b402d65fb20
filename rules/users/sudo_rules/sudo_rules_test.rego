package rules.users.sudo_rules_test

import data.rules.users.sudo_rules

_catalog := {
	"sudo_users": {},
	"sudo_programs": {"smartctl": {"package": "smartmontools"}, "zfs": {}},
	"sudo_defaults": {"requiretty": {"flag": true}, "timestamp_timeout": {"value": `^[0-9]+$`}, "env_keep": {"value": `^"[A-Z_ ]*"$`}},
}

_settings(values) := out if {
	out := {concat(".", s.option): s.value | some s in sudo_rules.settings} with data.catalog as _catalog with data.target as "proxmox" with input as {
		"host": {"name": "pve1"},
		"system": {"groups": [], "users": []},
		"config_files": [{"path": "/etc/sudoers.d/own", "properties": [{"key": "x", "value": value} | some value in values]}],
	}
}

test_rule_brings_its_program if {
	_settings(["bob ALL=(root) NOPASSWD: /usr/sbin/smartctl"]) == {
		"security.sudo.extraRules": [{"users": ["bob"], "runAs": "root", "commands": [{"command": "/run/current-system/sw/bin/smartctl", "options": ["NOPASSWD"]}]}],
		"environment.systemPackages": [{"_ref": ["pkgs", "smartmontools"]}],
	}
}

test_aliases_are_spoken_of if {
	some s in sudo_rules.settings with data.catalog as _catalog with data.target as "proxmox" with input as {
		"host": {"name": "pve1"},
		"system": {"groups": [], "users": []},
		"config_files": [{"path": "/etc/sudoers.d/own", "properties": [{"key": "x", "value": "Cmnd_Alias A = /usr/sbin/zfs"}, {"key": "x", "value": "bob ALL=A"}]}],
	}
	s.at == ["/config_files/0/properties/0", "/config_files/0/properties/1"]
}

test_defaults_are_kept_as_they_are if {
	_settings(["Defaults:bob !requiretty, timestamp_timeout=5", `Defaults env_keep += "A B"`]) == {"security.sudo.extraConfig": "Defaults:bob !requiretty, timestamp_timeout=5\nDefaults env_keep += \"A B\"\n"}
}

test_other_defaults_are_left_to_a_person if {
	every value in ["Defaults mail_badpass", "Defaults timestamp_timeout=x", "Defaults requiretty=5", "Defaults timestamp_timeout+=5", "Defaults@web requiretty", "Defaults requiretty ${x}", "# Defaults requiretty"] {
		_settings([value]) == {}
	}
}
