package lib.named_test

import data.lib.named

_host := {
	"host": {"name": "pve", "domain": "school.example.org"},
	"guests": [
		{"vmid": 100, "type": "qemu", "local": true, "config": [{"key": "name", "value": "dc1"}]},
		{"vmid": 101, "type": "qemu", "local": true, "config": [{"key": "name", "value": "dc2"}, {"key": "template", "value": "1"}]},
		{"vmid": 200, "type": "lxc", "local": true, "config": [{"key": "hostname", "value": "mail.school.example.org"}, {"key": "net0", "value": "", "fields": [{"name": "ip", "value": "192.0.2.25/24"}]}]},
		{"vmid": 300, "type": "lxc", "local": false, "config": [{"key": "hostname", "value": "far"}]},
	],
}

test_names_and_addresses_of_own_guests if {
	named.guest("dc1.school.example.org") == 100 with input as _host
	named.guest("DC1") == 100 with input as _host
	named.guest("192.0.2.25") == 200 with input as _host
	named.guest("mail.dmz.example.org") == 200 with input as _host
	named.title(100) == "100 (dc1)" with input as _host
}

test_names_of_others_templates_and_other_nodes_are_none if {
	not named.guest("mail.provider.example.com") with input as _host
	not named.guest("dc2.school.example.org") with input as _host
	not named.guest("far") with input as _host
	not named.guest("192.0.2.26") with input as _host
}

test_a_host_without_domain_has_no_zone if {
	not named.guest("dc1.school.example.org") with input as json.remove(_host, ["/host/domain"])
}

test_hosts_of_addresses if {
	named.host("https://user@push.example.org:8443/x/y") == "push.example.org"
	named.host("[2001:db8::1]:25") == "2001:db8::1"
	named.host("[mail.example.org]:587") == "mail.example.org"
	named.host("192.0.2.1") == "192.0.2.1"
}
