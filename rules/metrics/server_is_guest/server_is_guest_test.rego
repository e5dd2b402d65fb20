package rules.metrics.server_is_guest_test

import data.rules.metrics.server_is_guest

_host(type, properties) := {
	"host": {"name": "pve", "domain": "school.example.org"},
	"guests": [{"vmid": 110, "type": "lxc", "local": true, "config": [{"key": "hostname", "value": "grafana"}]}],
	"metrics": [{"type": type, "id": "dash", "properties": array.concat([{"key": "server", "value": "grafana.school.example.org"}], properties)}],
}

test_fires_on_a_long_wait if {
	server_is_guest.findings == {{"at": ["/metrics/0"], "vars": {"server": "dash", "guest": "110 (grafana)", "proto": "tcp", "wait": 3, "option": "timeout"}}} with input as _host("graphite", [{"key": "proto", "value": "tcp"}, {"key": "timeout", "value": "3"}])
	count(server_is_guest.findings) == 1 with input as _host("opentelemetry", [])
}

test_silent_on_the_default_of_a_second if {
	count(server_is_guest.findings) == 0 with input as _host("graphite", [{"key": "proto", "value": "tcp"}])
	count(server_is_guest.findings) == 0 with input as _host("opentelemetry", [{"key": "otel-timeout", "value": "1"}])
}

test_silent_on_udp_and_a_server_that_is_off if {
	count(server_is_guest.findings) == 0 with input as _host("graphite", [])
	count(server_is_guest.findings) == 0 with input as _host("graphite", [{"key": "proto", "value": "tcp"}, {"key": "timeout", "value": "5"}, {"key": "disable", "value": "1"}])
}
