package rules.guests.raw_arguments_test

import data.rules.guests.raw_arguments

_host(key) := {"guests": [{"vmid": 112, "type": "qemu", "local": true, "config": [{"key": key, "secret": {"secret": true}, "fields": []}]}]}

test_fires_without_seeing_the_text if {
	raw_arguments.findings == {{"at": ["/guests/0/config/0"], "vars": {"vmid": 112, "name": "unnamed"}}} with input as _host("args")
}

test_silent_on_another_secret_key if {
	count(raw_arguments.findings) == 0 with input as _host("cipassword")
}
