package rules.api.nix_proxy_test

import data.rules.api.nix_proxy

_host(option, environment) := {
	"datacenter": {"options": [{"key": "keyboard", "value": "de", "fields": []}, option]},
	"config_files": [{"path": "/etc/environment", "properties": environment}],
}

test_fires_on_a_proxy if {
	nix_proxy.findings == {{"at": ["/datacenter/options/1"], "vars": {"proxy": "http://192.0.2.5:3128"}}} with input as _host({"key": "http_proxy", "value": "http://192.0.2.5:3128", "fields": []}, [])
}

test_shows_no_password if {
	nix_proxy.findings == {{"at": ["/datacenter/options/1"], "vars": {"proxy": "http://proxy:3128"}}} with input as _host({"key": "http_proxy", "secret": {}, "fields": [{"name": "url", "value": "http://proxy:3128"}]}, [])
	nix_proxy.findings == {{"at": ["/datacenter/options/1"], "vars": {"proxy": "a proxy with a password"}}} with input as _host({"key": "http_proxy", "secret": {}, "fields": []}, [])
}

test_silent_where_all_programs_are_told if {
	count(nix_proxy.findings) == 0 with input as _host({"key": "http_proxy", "value": "http://192.0.2.5:3128", "fields": []}, [{"key": "https_proxy", "value": "x"}])
}
