package rules.guests.cloud_init_resolver_test

import data.rules.guests.cloud_init_resolver

_host(config) := {"guests": [{"vmid": 123, "type": "qemu", "local": true, "config": array.concat([{"key": "ide2", "value": "x", "fields": [{"name": "file", "value": "tank:vm-123-cloudinit"}, {"name": "media", "value": "cdrom"}]}], config)}]}

_servers := {"key": "nameserver", "value": "192.0.2.1", "fields": []}

_domain := {"key": "searchdomain", "value": "example.net", "fields": []}

test_fires_without_name_servers if {
	cloud_init_resolver.findings == {{"at": ["/guests/0/config/0"], "vars": {"vmids": "123"}}} with input as _host([_domain])
}

test_silent_with_both if {
	count(cloud_init_resolver.findings) == 0 with input as _host([_servers, _domain])
}

test_silent_with_an_id_of_its_own if {
	count(cloud_init_resolver.findings) == 0 with input as _host([{"key": "cicustom", "value": "x", "fields": [{"name": "meta", "value": "local:snippets/m.yaml"}]}])
}

test_silent_with_a_network_of_its_own if {
	count(cloud_init_resolver.findings) == 0 with input as _host([{"key": "cicustom", "value": "x", "fields": [{"name": "network", "value": "local:snippets/n.yaml"}]}])
}
