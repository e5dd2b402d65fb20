package rules.api.reverse_proxy_test

import data.rules.api.reverse_proxy

_host(unit, value) := {
	"host": {"name": "pve1"},
	"network": {"hosts": [], "interfaces": [], "links": [], "routes": []},
	"units": [{"name": unit, "file_state": "enabled"}],
	"config_files": [{"path": "/etc/haproxy/haproxy.cfg", "properties": [{"key": "frontend", "value": "web"}, {"key": "server", "value": value}]}],
}

test_fires_on_haproxy if {
	reverse_proxy.findings == {{"at": ["/config_files/0/properties/1"], "vars": {"server": "haproxy"}}} with input as _host("haproxy.service", "pve 127.0.0.1:8006 ssl verify none")
}

test_silent_on_other_hosts_and_where_it_does_not_run if {
	count(reverse_proxy.findings) == 0 with input as _host("haproxy.service", "pve 192.0.2.9:8006 ssl")
	count(reverse_proxy.findings) == 0 with input as _host("nginx.service", "pve 127.0.0.1:8006 ssl verify none")
}
