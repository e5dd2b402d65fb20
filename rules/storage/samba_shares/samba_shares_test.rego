package rules.storage.samba_shares_test

import data.rules.storage.samba_shares

_host(state, more) := {
	"units": [{"name": "smbd.service", "file_state": "enabled"}, {"name": "nmbd.service", "file_state": state}],
	"config_files": [{"path": "/etc/samba/smb.conf", "properties": array.concat(
		[
			{"key": "global.workgroup", "value": "HOME"},
			{"key": "global.panic action", "value": "/usr/share/samba/panic-action %d"},
			{"key": "scans.path", "value": "/srv/scans"},
		],
		more,
	)}],
}

_options := {concat("/", array.slice(s.option, 2, count(s.option))): s.value | some s in samba_shares.settings}

test_the_same_shares if {
	_options == {
		"enable": true, "winbindd/enable": false, "nmbd/enable": true,
		"settings/global/workgroup": "HOME", "settings/global/invalid users": [], "settings/scans/path": "/srv/scans",
	} with input as _host("enabled", [])
	{c.path | some c in samba_shares.carries} == {"/var/lib/samba/private"} with input as _host("enabled", [])
	count(samba_shares.checks) == 1 with input as _host("enabled", [])
}

test_the_last_of_a_line_and_who_is_kept_out if {
	host := _host("disabled", [{"key": "scans.path", "value": "/srv/new"}, {"key": "global.invalid users", "value": "root, guest"}])
	_options["settings/scans/path"] == "/srv/new" with input as host
	_options["settings/global/invalid users"] == ["root", "guest"] with input as host
	_options["nmbd/enable"] == false with input as host
}

test_nothing_of_a_member_of_a_domain if {
	count(((samba_shares.settings | samba_shares.carries) | samba_shares.checks)) == 0 with input as _host("enabled", [{"key": "global.realm", "value": "EXAMPLE.ORG"}])
}
