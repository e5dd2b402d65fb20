package rules.containers.resolver_copied_test

import data.rules.containers.resolver_copied

_host(config) := {"guests": [{"vmid": 214, "type": "lxc", "local": true, "config": array.concat([{"key": "rootfs", "value": "tank:subvol-214-disk-0", "fields": []}], config)}]}

test_fires_without_a_name_server if {
	resolver_copied.findings == {{"at": ["/guests/0"], "vars": {"vmids": "214"}}} with input as _host([{"key": "ostype", "value": "debian", "fields": []}])
}

test_silent_with_a_name_server if {
	count(resolver_copied.findings) == 0 with input as _host([{"key": "ostype", "value": "debian", "fields": []}, {"key": "nameserver", "value": "192.0.2.1", "fields": []}])
}

test_silent_on_unmanaged if {
	count(resolver_copied.findings) == 0 with input as _host([{"key": "ostype", "value": "unmanaged", "fields": []}])
}
