package rules.storage.samba_accounts_test

import data.rules.storage.samba_accounts

_host(state, key, role) := {
	"units": [{"name": "smbd.service", "file_state": state}],
	"config_files": [{"path": "/etc/samba/smb.conf", "properties": [{"key": "global.server role", "value": role}, {"key": key, "value": "/srv/scans"}]}],
}

test_fires_on_a_share_of_a_member if {
	samba_accounts.findings == {{"at": ["/units/0"], "vars": {"shares": "scans"}}} with input as _host("enabled", "scans.path", "member server")
}

test_silent_on_a_server_of_its_own if {
	count(samba_accounts.findings) == 0 with input as _host("enabled", "scans.path", "standalone server")
}

test_silent_on_debians_own_sections if {
	count(samba_accounts.findings) == 0 with input as _host("enabled", "print$.path", "member server")
}

test_silent_when_smbd_is_off if {
	count(samba_accounts.findings) == 0 with input as _host("disabled", "scans.path", "member server")
}
