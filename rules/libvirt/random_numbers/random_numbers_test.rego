package rules.libvirt.random_numbers_test

import data.rules.libvirt.random_numbers

_host(config) := {"host": {"name": "a"}, "mappings": [], "packages": [], "guests": [{"vmid": 100, "type": "qemu", "local": true, "config": config}]}

_catalog := {"libvirt_slots": {"rng0": {"bus": 1, "slot": 29}}}

_rng(options) := [{"key": "rng0", "value": "x", "fields": [{"name": k, "value": v} | some k, v in options]}]

_value(options) := value if {
	some p in random_numbers.parts with input as _host(_rng(options)) with data.catalog as _catalog
	value := p.value
}

test_a_source_with_the_limit_of_pve if {
	random_numbers.parts == {{"at": ["/guests/0/config/0"], "document": ["domains", "100"], "path": ["devices", "rngs", "rng0"], "value": {
		"model": "virtio", "backend": {"model": "random", "path": "/dev/urandom"}, "rate": {"bytes": 1024, "period": 1000}, "alias": {"name": "ua-rng0"},
		"address": {"type": "pci", "domain": "0x0000", "bus": "0x01", "slot": "0x1d", "function": "0x0"},
	}}} with input as _host(_rng({"source": "/dev/urandom"})) with data.catalog as _catalog
}

test_a_limit_of_its_own if {
	_value({"source": "/dev/hwrng", "max_bytes": "64", "period": "500"}).rate == {"bytes": 64, "period": 500}
}

test_no_limit if {
	not _value({"source": "/dev/random", "max_bytes": "0"}).rate
}

test_another_file_is_no_source if {
	count(random_numbers.parts) == 0 with input as _host(_rng({"source": "/etc/shadow"})) with data.catalog as _catalog
}
