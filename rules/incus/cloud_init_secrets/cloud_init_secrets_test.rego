package rules.incus.cloud_init_secrets_test

import data.rules.incus.cloud_init_secrets

_host(keys) := {"guests": [{"vmid": 100, "type": "qemu", "local": true, "config": [{"key": key, "secret": {"secret": true}} | some key in keys]}]}

test_what_is_no_fact if {
	cloud_init_secrets.findings == {{"at": ["/guests/0/config/0", "/guests/0/config/1"], "vars": {"keys": "100 cipassword, 100 sshkeys"}}} with input as _host(["cipassword", "sshkeys"])
}

test_silent_for_what_is if {
	count(cloud_init_secrets.findings) == 0 with input as _host(["ciuser"])
}
