package lib.configfiles_test

import data.lib.configfiles

_host := {
	"packages": [{"name": "libnss-sss", "status": "installed"}],
	"config_files": [
		{"path": "/etc/x", "properties": []},
		{"path": "/etc/nsswitch.conf", "properties": [
			{"key": "passwd", "value": "files systemd sss ldap"},
			{"key": "hosts", "value": "files dns"},
			{"key": "hosts", "value": "files"},
		]},
	],
}

test_the_last_line_of_a_key_holds if {
	configfiles.value("/etc/nsswitch.conf", "hosts") == "files" with input as _host
	configfiles.lines("/etc/nsswitch.conf", "hosts")[1].at == "/config_files/1/properties/2" with input as _host
}

test_nothing_of_files_that_are_not_there if {
	count(configfiles.lines("/etc/none", "x")) == 0 with input as _host
	not configfiles.value("/etc/nsswitch.conf", "shadow") with input as _host
}

test_a_directory_without_its_module_is_none if {
	configfiles.directories == {"sss"} with input as _host
}

_proxy(unit, value) := {
	"host": {"name": "pve1"},
	"network": {"hosts": [{"address": "192.0.2.5", "names": ["pve1"]}], "interfaces": [], "links": [], "routes": []},
	"units": [{"name": unit, "file_state": "enabled"}],
	"config_files": [{"path": "/etc/nginx/sites-enabled/pve", "properties": [{"key": "server.listen", "value": "443 ssl"}, {"key": "server.location /.proxy_pass", "value": value}]}],
}

test_proxies_to_this_host if {
	every value in ["https://localhost:8006", "https://127.0.0.1:8006/", "https://192.0.2.5:8006", "https://pve1.example.org:8006"] {
		configfiles.web_proxies == {{"server": "nginx", "at": "/config_files/0/properties/1"}} with input as _proxy("nginx.service", value)
	}
}

test_proxies_to_others_and_servers_that_do_not_run_are_none if {
	count(configfiles.web_proxies) == 0 with input as _proxy("nginx.service", "https://pve2.example.org:8006")
	count(configfiles.web_proxies) == 0 with input as _proxy("nginx.service", "http://localhost:3000")
	count(configfiles.web_proxies) == 0 with input as _proxy("haproxy.service", "https://localhost:8006")
}
