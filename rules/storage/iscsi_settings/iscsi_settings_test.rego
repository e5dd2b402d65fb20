package rules.storage.iscsi_settings_test

import data.rules.storage.iscsi_settings

_host(state) := {
	"packages": [{"name": "open-iscsi", "status": "installed"}],
	"units": [{"name": "iscsid.service", "active_state": state, "file_state": "enabled"}],
	"storage": {"storages": []},
	"config_files": [{"path": "/etc/iscsi/iscsid.conf", "properties": [
		{"key": "iscsid.startup", "value": "/usr/bin/systemctl start iscsid.socket"},
		{"key": "node.session.auth.authmethod", "value": "CHAP"},
		{"key": "node.session.auth.password", "secret": {"secret": true}},
	]}],
}

test_the_file_comes_along_with_its_password if {
	iscsi_settings.settings == {{
		"at": ["/config_files/0/properties/1", "/config_files/0/properties/2"],
		"option": ["services", "openiscsi", "extraConfigFile"], "value": "/var/lib/pve2nix/etc/iscsi/iscsid.conf",
	}} with input as _host("active")
	iscsi_settings.carries == {{
		"at": ["/config_files/0"], "path": "/etc/iscsi/iscsid.conf", "to": "/var/lib/pve2nix/etc/iscsi/iscsid.conf", "mode": "0600", "secret": true,
	}} with input as _host("active")
}

test_a_storage_of_that_kind_is_use_enough if {
	count(iscsi_settings.settings) == 1 with input as object.union(_host("active"), {"units": [], "storage": {"storages": [{"id": "san", "type": "iscsi", "properties": []}]}})
}

test_silent_where_nothing_uses_it if {
	count(iscsi_settings.settings) == 0 with input as object.union(_host("active"), {"units": []})
}
