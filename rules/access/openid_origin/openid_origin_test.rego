package rules.access.openid_origin_test

import data.rules.access.openid_origin

_host(type, value) := {
	"host": {"name": "pve1"},
	"network": {"hosts": [], "interfaces": [], "links": [], "routes": []},
	"units": [{"name": "nginx.service", "file_state": "enabled"}],
	"config_files": [{"path": "/etc/nginx/conf.d/pve.conf", "properties": [{"key": "server.location /.proxy_pass", "value": value}]}],
	"access": {"realms": [{"type": type, "id": "sso", "properties": []}]},
}

test_fires_on_openid_behind_a_proxy if {
	openid_origin.findings == {{"at": ["/access/realms/0", "/config_files/0/properties/0"], "vars": {"realm": "sso", "server": "nginx"}}} with input as _host("openid", "https://localhost:8006")
}

test_silent_on_other_realms_and_other_sites if {
	count(openid_origin.findings) == 0 with input as _host("ldap", "https://localhost:8006")
	count(openid_origin.findings) == 0 with input as _host("openid", "http://localhost:3000")
}
