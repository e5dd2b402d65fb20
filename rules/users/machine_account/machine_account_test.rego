package rules.users.machine_account_test

import data.rules.users.machine_account

_host(file, state) := {
	"local_files": [{"path": "/etc/motd", "kind": "file", "state": "local"}, {"path": file, "kind": "file", "state": "local"}],
	"units": [{"name": "sssd.service", "file_state": state}],
}

test_fires_on_a_member if {
	machine_account.findings == {{"at": ["/local_files/1"], "vars": {"service": "sssd"}}} with input as _host("/etc/krb5.keytab", "enabled")
}

test_silent_where_nothing_uses_the_file if {
	count(machine_account.findings) == 0 with input as _host("/etc/krb5.keytab", "disabled")
	count(machine_account.findings) == 0 with input as _host("/etc/krb5.keytab.old", "enabled")
}
