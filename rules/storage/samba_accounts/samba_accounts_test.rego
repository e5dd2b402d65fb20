package rules.storage.samba_accounts_test

import data.rules.storage.samba_accounts

_host(state, key) := {
	"units": [{"name": "smbd.service", "file_state": state}],
	"config_files": [{"path": "/etc/samba/smb.conf", "properties": [{"key": "global.workgroup", "value": "HOME"}, {"key": key, "value": "/srv/scans"}]}],
}

test_fires_on_a_share if {
	samba_accounts.findings == {{"at": ["/units/0"], "vars": {"shares": "scans"}}} with input as _host("enabled", "scans.path")
}

test_silent_on_debians_own_sections if {
	count(samba_accounts.findings) == 0 with input as _host("enabled", "print$.path")
}

test_silent_when_smbd_is_off if {
	count(samba_accounts.findings) == 0 with input as _host("disabled", "scans.path")
}
