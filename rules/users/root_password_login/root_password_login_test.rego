package rules.users.root_password_login_test

import data.rules.users.root_password_login

_host(keys, passwords) := {
	"host": {"name": "pve1"},
	"cluster": {"nodes": []},
	"capture": {"areas": [{"name": "system.authorized_keys", "status": "known", "source": "file"}]},
	"system": {
		"sshd": [
			{"key": "PermitRootLogin", "value": "yes", "fields": [], "source": "/etc/ssh/sshd_config:1"},
			{"key": "PasswordAuthentication", "value": passwords, "fields": [], "source": "/etc/ssh/sshd_config:2"},
		],
		"users": [{"name": "root", "uid": 0, "gid": 0, "home": "/root", "shell": "/bin/bash", "password": "set"}],
		"authorized_keys": keys,
	},
}

test_fires_without_a_key if {
	root_password_login.findings == {{"at": ["/system/users/0"], "vars": {}}} with input as _host([], "yes")
}

test_silent_with_a_key if {
	count(root_password_login.findings) == 0 with input as _host([{"user": "root", "type": "ssh-rsa", "fingerprint": "x", "source": "/root/.ssh/authorized_keys:1"}], "yes")
}

_of_node(name) := {"user": "root", "type": "ssh-rsa", "fingerprint": name, "node": name, "source": "/etc/pve/priv/authorized_keys:1"}

test_keys_of_nodes_do_not_count if {
	count(root_password_login.findings) == 1 with input as object.union(_host([_of_node("pve1"), _of_node("pve2")], "yes"), {"cluster": {"nodes": [{"name": "pve2"}]}})
	count(root_password_login.findings) == 0 with input as object.union(_host([_of_node("pve1"), _of_node("desk")], "yes"), {"cluster": {"nodes": [{"name": "pve2"}]}})
}

test_silent_when_passwords_are_refused_anyway if {
	count(root_password_login.findings) == 0 with input as _host([], "no")
}
