package rules.metrics.own_authority_test

import data.rules.metrics.own_authority

_host(proto, verify, server) := {
	"certificates": [{"path": "/usr/local/share/ca-certificates/own.crt", "subject": "CN=School CA"}],
	"metrics": [{"type": "influxdb", "id": "dash", "properties": [{"key": "server", "value": server}, {"key": "influxdbproto", "value": proto}, {"key": "verify-certificate", "value": verify}]}],
}

test_fires_on_https if {
	own_authority.findings == {{"at": ["/certificates/0", "/metrics/0"], "vars": {"server": "dash", "authorities": "CN=School CA"}}} with input as _host("https", "1", "influx.example.org")
}

_bare(type) := json.patch(_host("x", "1", "m.example.org"), [
	{"op": "replace", "path": "/metrics/0/type", "value": type},
	{"op": "replace", "path": "/metrics/0/properties", "value": [{"key": "server", "value": "m.example.org"}]},
])

test_the_default_of_each_kind_counts if {
	count(own_authority.findings) == 1 with input as _bare("opentelemetry")
	count(own_authority.findings) == 0 with input as _bare("influxdb")
	count(own_authority.findings) == 0 with input as _bare("graphite")
}

test_silent_on_udp_unchecked_and_public_servers if {
	count(own_authority.findings) == 0 with input as _host("udp", "1", "influx.example.org")
	count(own_authority.findings) == 0 with input as _host("https", "0", "influx.example.org")
	count(own_authority.findings) == 0 with input as _host("https", "no", "influx.example.org")
	count(own_authority.findings) == 0 with input as _host("https", "1", "eu-central-1.aws.cloud2.influxdata.com")
}
