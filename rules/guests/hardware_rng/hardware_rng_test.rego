package rules.guests.hardware_rng_test

import data.rules.guests.hardware_rng

_host(source) := {"guests": [{"vmid": 121, "type": "qemu", "local": true, "config": [{"key": "rng0", "value": "x", "fields": [{"name": "source", "value": source}]}]}]}

test_fires_on_the_device if {
	hardware_rng.findings == {{"at": ["/guests/0/config/0"], "vars": {"vmids": "121"}}} with input as _host("/dev/hwrng")
}

test_silent_on_the_generator_of_the_kernel if {
	count(hardware_rng.findings) == 0 with input as _host("/dev/urandom")
}
