package rules.containers.id_maps_test

import data.rules.containers.id_maps

_host(lines) := {"guests": [{"vmid": 200, "type": "lxc", "local": true, "config": array.concat([{"key": "hostname", "value": "files"}, {"key": "unprivileged", "value": "1"}], lines)}]}

test_fires_once_for_all_lines if {
	id_maps.findings == {{
		"at": ["/guests/0/config/2", "/guests/0/config/3"],
		"vars": {"vmid": 200, "name": "files", "count": 2},
	}} with input as _host([{"key": "lxc.idmap", "value": "u 0 100000 1500"}, {"key": "lxc.idmap", "value": "u 1500 1500 1"}])
}

test_silent_on_the_usual_map if {
	count(id_maps.findings) == 0 with input as _host([])
}
