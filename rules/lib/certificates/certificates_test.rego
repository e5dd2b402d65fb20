package lib.certificates_test

import data.lib.certificates

_host := {
	"capture": {"time": "2025-06-01T00:00:00Z"},
	"host": {"name": "pve1"},
	"certificates": [
		{"path": "/etc/pve/nodes/pve1/pve-ssl.pem", "not_after": "2025-06-11T12:00:00Z"},
		{"path": "/etc/pve/nodes/pve2/pveproxy-ssl.pem", "not_after": "2025-06-11T12:00:00Z"},
		{"path": "/usr/local/share/ca-certificates/own.crt", "not_after": "2025-05-31T00:00:00Z"},
	],
	"cluster": {"nodes": [{"name": "pve1", "local": true, "addresses": [], "config": [
		{"key": "description", "fields": []},
		{"key": "acme", "fields": [{"name": "account", "value": "default"}, {"name": "domains", "value": "a.example.org;b.example.org"}]},
		{"key": "acmedomain0", "fields": [{"name": "domain", "value": "c.example.org"}, {"name": "plugin", "value": "dns"}]},
	]}]},
}

test_certificates_of_this_node if {
	certificates.node.at == "/certificates/0" with input as _host
	not certificates.web with input as _host
	not certificates.authority with input as _host
	object.keys(certificates.trusted) == {"/certificates/2"} with input as _host
}

test_a_certificate_without_end_has_no_days if {
	not certificates.days({"not_after": "9999-12-31T23:59:59Z"}) with input as _host
}

test_days_and_dates if {
	certificates.days(_host.certificates[0]) == 10 with input as _host
	certificates.days(_host.certificates[2]) == -1 with input as _host
	certificates.date(_host.certificates[0]) == "2025-06-11"
}

test_orders_of_the_node if {
	certificates.orders == {
		"/cluster/nodes/0/config/1": {"names": ["a.example.org", "b.example.org"], "plugin": "standalone"},
		"/cluster/nodes/0/config/2": {"names": ["c.example.org"], "plugin": "dns"},
	} with input as _host
}
