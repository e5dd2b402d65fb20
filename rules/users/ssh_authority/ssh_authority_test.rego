package rules.users.ssh_authority_test

import data.rules.users.ssh_authority

_host(lines, files) := {
	"packages": [{"name": "openssh-server", "status": "installed"}],
	"system": {"sshd": [{"key": key, "value": value, "source": "/etc/ssh/sshd_config:1"} | some key, value in lines]},
	"local_files": files,
}

_key := {"path": "/etc/ssh/ca.pub", "kind": "file", "state": "local"}

_refused(lines, files) if {
	count(ssh_authority.settings) == 0 with input as _host(lines, files)
	count(ssh_authority.carries) == 0 with input as _host(lines, files)
}

test_authority_is_trusted if {
	host := _host({"TrustedUserCAKeys": "/etc/ssh/ca.pub"}, [_key])
	ssh_authority.settings == {{"at": ["/system/sshd/0"], "option": ["services", "openssh", "settings", "TrustedUserCAKeys"], "value": "/etc/ssh/ca.pub"}} with input as host
	ssh_authority.carries == {{"at": ["/local_files/0"], "path": "/etc/ssh/ca.pub", "to": "/etc/ssh/ca.pub", "mode": "0644", "secret": false}} with input as host
}

test_not_where_it_would_open_more if {
	_refused({"TrustedUserCAKeys": "/etc/ssh/ca.pub", "RevokedKeys": "/etc/ssh/revoked"}, [_key])
	_refused({"TrustedUserCAKeys": "/etc/ssh/ca.pub", "AuthorizedPrincipalsFile": "/etc/ssh/principals/%u"}, [_key])
	_refused({"TrustedUserCAKeys": "/etc/ssh/ca.pub", "Match/RevokedKeys": "/etc/ssh/revoked"}, [_key])
}

test_principals_by_name_are_the_default if {
	count(ssh_authority.settings) == 1 with input as _host({"TrustedUserCAKeys": "/etc/ssh/ca.pub", "AuthorizedPrincipalsFile": "none"}, [_key])
}

test_not_without_the_file if {
	_refused({"TrustedUserCAKeys": "/etc/ssh/ca.pub"}, [])
	_refused({"TrustedUserCAKeys": "/srv/${x}"}, [{"path": "/srv/${x}", "kind": "file", "state": "local"}])
	_refused({"Port": "22"}, [_key])
}
