package lib.samba_test

import data.lib.samba

_host(state, more) := {
	"units": [{"name": "smbd.service", "file_state": state}],
	"config_files": [{"path": "/etc/samba/smb.conf", "properties": array.concat([{"key": "global.workgroup", "value": "HOME"}, {"key": "my.scans.path", "value": "/srv/scans"}], more)}],
}

test_a_server_of_its_own if {
	samba.standalone with input as _host("enabled", [{"key": "global.security", "value": "user"}])
	samba.shares == {"my.scans"} with input as _host("enabled", [])
	{[e.section, e.key, e.value] | some e in samba.entries} == {["global", "workgroup", "HOME"], ["my.scans", "path", "/srv/scans"]} with input as _host("enabled", [])
}

test_not_where_it_is_off_or_serves_nothing if {
	not samba.serves with input as _host("disabled", [])
	not samba.serves with input as {"units": [{"name": "smbd.service", "file_state": "enabled"}], "config_files": []}
}

test_no_member_and_nothing_that_is_elsewhere if {
	every line in [
		["global.security", "ads"],
		["global.server role", "active directory domain controller"],
		["global.include", "/etc/samba/more.conf"],
		["my.scans.vfs objects", "ceph"],
		["my.scans.comment", "a\nb"],
		["a]b.path", "/srv"],
	] {
		not samba.standalone with input as _host("enabled", [{"key": line[0], "value": line[1]}])
	}
	not samba.standalone with input as _host("enabled", [{"key": "global.ldap admin dn", "secret": {"secret": true}}])
}
