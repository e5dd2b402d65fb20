package rules.guests.newer_values_test

import data.rules.guests.newer_values

_host(key, value, fields) := {"guests": [{"vmid": 133, "type": "qemu", "local": true, "config": [{"key": key, "value": value, "fields": fields}]}]}

_found(host) := set if {
	set := newer_values.findings with input as host
		with data.catalog as {"cpu_models_after_pve_9_1": {"EPYC-Turin": "9.2"}}
}

test_fires_on_a_network_card if {
	_found(_host("net0", "virtio,host-tunnel=1", [{"name": "host-tunnel", "value": "1"}])) == {{"at": ["/guests/0/config/0"], "vars": {"lines": "133 net0"}}}
}

test_fires_on_all_newer_values if {
	every found in [
		_found(_host("agent", "1,freeze-fs=0", [])),
		_found(_host("efidisk0", "x", [{"name": "ms-cert", "value": "2023k"}])),
		_found(_host("cpu", "host,level=30", [{"name": "cputype", "value": "host"}, {"name": "level", "value": "30"}])),
		_found(_host("cpu", "EPYC-Turin", [{"name": "cputype", "value": "EPYC-Turin"}])),
	] {
		count(found) == 1
	}
}

test_silent_on_older_values if {
	every found in [
		_found(_host("agent", "1,freeze-fs-on-backup=0", [{"name": "freeze-fs", "value": "0"}])),
		_found(_host("efidisk0", "x", [{"name": "ms-cert", "value": "2023"}])),
		_found(_host("cpu", "EPYC-Milan", [{"name": "cputype", "value": "EPYC-Milan"}])),
		_found(_host("net0", "virtio", [{"name": "mtu", "value": "1"}])),
	] {
		count(found) == 0
	}
}
