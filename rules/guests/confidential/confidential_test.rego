package rules.guests.confidential_test

import data.rules.guests.confidential

_host(key) := {"guests": [{"vmid": 132, "type": "qemu", "local": true, "config": [
	{"key": "name", "value": "vault", "fields": []},
	{"key": key, "value": "type=snp", "fields": []},
]}]}

_found(host) := set if {
	set := confidential.findings with input as host
		with data.release as "25.11"
		with data.catalog as {"releases": {"25.11": {"kernel": "6.12"}}}
}

test_fires_on_encrypted_memory if {
	_found(_host("amd-sev")) == {{"at": ["/guests/0/config/1"], "vars": {"vmid": 132, "name": "vault", "kind": "AMD SEV", "kernel": "6.12"}}}
}

test_silent_without if {
	_found(_host("agent")) == set()
}
