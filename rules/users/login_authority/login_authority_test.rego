package rules.users.login_authority_test

import data.rules.users.login_authority

_host(lines) := {"system": {"sshd": [{"key": key, "value": value, "source": "/etc/ssh/sshd_config:1"} | some key, value in lines]}}

test_fires_on_an_authority_and_a_program if {
	login_authority.findings == {{"at": ["/system/sshd/0", "/system/sshd/1", "/system/sshd/3"], "vars": {"keys": "AuthorizedKeysCommand, TrustedUserCAKeys"}}} with input as _host({
		"AuthorizedKeysCommand": "/usr/bin/sss_ssh_authorizedkeys",
		"AuthorizedKeysCommandUser": "nobody",
		"Port": "22",
		"TrustedUserCAKeys": "/etc/ssh/ca.pub",
	})
}

test_authority_that_is_kept_is_not_named if {
	host := object.union(_host({"AuthorizedKeysCommand": "/usr/bin/sss_ssh_authorizedkeys", "TrustedUserCAKeys": "/etc/ssh/ca.pub"}), {
		"packages": [{"name": "openssh-server", "status": "installed"}],
		"local_files": [{"path": "/etc/ssh/ca.pub", "kind": "file", "state": "local"}],
	})
	login_authority.findings == {{"at": ["/system/sshd/0"], "vars": {"keys": "AuthorizedKeysCommand"}}} with input as host
}

test_silent_on_none if {
	count(login_authority.findings) == 0 with input as _host({"TrustedUserCAKeys": "none", "Port": "22"})
}
