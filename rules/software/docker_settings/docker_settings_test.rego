package rules.software.docker_settings_test

import data.rules.software.docker_settings

_host(state, lines) := {
	"units": [{"name": "docker.service", "file_state": state}],
	"config_files": [{"path": "/etc/docker/daemon.json", "properties": [{"key": key, "value": value} | some [key, value] in lines]}],
}

_said := {concat(".", array.slice(s.option, 4, count(s.option))): s.value | some s in docker_settings.settings}

_all := [
	["log-opts.max-size", "10m"], ["default-address-pools.base", "172.30.0.0/16"], ["default-address-pools.size", "24"],
	["registry-mirrors", "https://a.example.net"], ["registry-mirrors", "https://b.example.net"], ["bip", "10.9.0.1/24"], ["mtu", "1450"],
]

test_what_the_file_says if {
	_said == {
		"log-opts.max-size": "10m", "default-address-pools": [{"base": "172.30.0.0/16", "size": 24}],
		"registry-mirrors": ["https://a.example.net", "https://b.example.net"], "bip": "10.9.0.1/24", "mtu": 1450,
	} with input as _host("enabled", _all)
	some s in docker_settings.settings with input as object.union(_host("disabled", _all), {"units": [{"name": "docker.socket", "file_state": "enabled"}]})
	s.option[4] == "default-address-pools"
	s.at == ["/config_files/0/properties/1", "/config_files/0/properties/2"]
}

test_nothing_where_docker_is_off if {
	count(docker_settings.settings) == 0 with input as _host("disabled", _all)
}

test_nothing_of_another_form if {
	count(docker_settings.settings) == 0 with input as _host("enabled", [["bip", "x"], ["mtu", "x"], ["dns", "a b"], ["log-opts.tag", "{{.Name}}"], ["default-address-pools.base", "172.30.0.0/16"]])
}
