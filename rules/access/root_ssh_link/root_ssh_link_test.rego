package rules.access.root_ssh_link_test

import data.rules.access.root_ssh_link

_host(source) := {"system": {"authorized_keys": [
	{"user": "root", "type": "ssh-ed25519", "fingerprint": "SHA256:x", "source": source},
	{"user": "admin", "type": "ssh-ed25519", "fingerprint": "SHA256:y", "source": "/home/admin/.ssh/authorized_keys:1"},
]}}

test_fires_when_the_keys_are_in_pve if {
	root_ssh_link.findings == {{"at": ["/system/authorized_keys/0"], "vars": {"count": 1}}} with input as _host("/etc/pve/priv/authorized_keys:1")
}

test_silent_when_root_has_a_file_of_its_own if {
	count(root_ssh_link.findings) == 0 with input as _host("/root/.ssh/authorized_keys:1")
}
