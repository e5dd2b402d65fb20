package rules.access.directory_is_guest_test

import data.rules.access.directory_is_guest

_host(type, servers) := {
	"host": {"name": "pve", "domain": "school.example.org"},
	"guests": [{"vmid": 100, "type": "qemu", "local": true, "config": [{"key": "name", "value": "dc1"}]}],
	"access": {"realms": [
		{"type": "pam", "id": "pam", "properties": []},
		{"type": type, "id": "school", "properties": [{"key": key, "value": value} | some key, value in servers]},
	]},
}

test_fires_on_the_only_server if {
	directory_is_guest.findings == {{"at": ["/access/realms/1/properties/0"], "vars": {"realm": "school", "server": "dc1.school.example.org", "guest": "100 (dc1)"}}} with input as _host("ad", {"server1": "dc1.school.example.org"})
}

test_fires_on_an_issuer if {
	count(directory_is_guest.findings) == 1 with input as _host("openid", {"issuer-url": "https://dc1.school.example.org/realms/x"})
}

test_silent_with_a_second_server_elsewhere if {
	count(directory_is_guest.findings) == 0 with input as _host("ad", {"server1": "dc1.school.example.org", "server2": "dc2.school.example.org"})
}
