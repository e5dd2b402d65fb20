package rules.access.directory_users_test

import data.rules.access.directory_users

_host(id, sources) := {
	"capture": {"areas": [{"name": "system.users", "status": "known"}]},
	"packages": [{"name": "libnss-sss", "status": "installed"}],
	"config_files": [{"path": "/etc/nsswitch.conf", "properties": [{"key": "passwd", "value": sources}]}],
	"access": {"users": [{"id": "root@pam", "enabled": true}, {"id": id, "enabled": true}]},
	"system": {"users": [{"name": "root"}, {"name": "local"}]},
}

test_fires_on_a_user_of_the_directory if {
	directory_users.findings == {{"at": ["/access/users/1"], "vars": {"users": "anna@pam", "sources": "sss"}}} with input as _host("anna@pam", "files sss")
}

test_silent_on_an_account_of_the_host if {
	count(directory_users.findings) == 0 with input as _host("local@pam", "files sss")
}

test_silent_without_a_directory if {
	count(directory_users.findings) == 0 with input as _host("anna@pam", "files systemd")
}

test_silent_where_the_accounts_are_not_known if {
	count(directory_users.findings) == 0 with input as object.union(_host("anna@pam", "files sss"), {"capture": {"areas": [{"name": "system.users", "status": "partial"}]}})
}
