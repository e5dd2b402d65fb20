package rules.users.accounts_test

import data.lib.tables_test
import data.rules.users.accounts

_user(fields) := object.union({"name": "anna", "uid": 1000, "gid": 1000, "gecos": "Anna Berg,,,", "home": "/home/anna", "shell": "/bin/bash", "password": "set"}, fields)

_host(users, groups) := {"system": {"users": users, "groups": groups}}

_options(host) := x if {
	x := {concat(".", s.option): s.value | some s in accounts.settings} with input as host
		with data.catalog as tables_test.fixture
}

test_a_person_keeps_id_group_home_and_shell if {
	_options(_host([_user({})], [{"name": "anna", "gid": 1000, "members": []}, {"name": "sudo", "gid": 27, "members": ["anna", "ghost"]}])) == {
		"users.mutableUsers": true,
		"users.users.anna.isNormalUser": true,
		"users.users.anna.uid": 1000,
		"users.users.anna.group": "anna",
		"users.users.anna.home": "/home/anna",
		"users.users.anna.shell": {"_ref": ["pkgs", "bashInteractive"]},
		"users.users.anna.description": "Anna Berg",
		"users.users.anna.extraGroups": ["wheel"],
		"users.groups.anna.gid": 1000,
		"users.groups.anna.members": [],
	}
}

test_a_home_that_others_use_keeps_its_mode if {
	_options(_host([_user({"home": "/srv/media"})], []))["users.users.anna.createHome"] == false
	not _options(_host([_user({})], []))["users.users.anna.createHome"] == false
}

test_zsh_needs_its_module if {
	_options(_host([_user({"shell": "/usr/bin/zsh"})], []))["programs.zsh.enable"] == true
}

test_the_hashes_are_carried_and_not_written if {
	host := _host([_user({}), {"name": "root", "uid": 0, "gid": 0, "home": "/root", "shell": "/bin/bash", "password": "set"}], [])
	{[c.at, c.path, c.mode, c.secret] | some c in accounts.carries} == {[["/system/users/0", "/system/users/1"], "/etc/shadow", "0640", true]} with input as host
		with data.catalog as tables_test.fixture
}

test_refuses_what_nixos_would_not_evaluate if {
	_options(_host(
		[
			_user({"name": "a b"}), _user({"name": "twin", "uid": 1001}), _user({"name": "other", "uid": 1001}),
			_user({"name": "builder", "uid": 30005}), _user({"name": "up", "uid": 1003, "home": "/home/../etc"}),
			_user({"name": "odd", "uid": 1004, "shell": "/opt/bin/xonsh"}),
		],
		[{"name": "nixbld", "gid": 30000, "members": []}],
	)) == {"users.mutableUsers": true}
}
