package rules.guests.windows_machine_test

import data.rules.guests.windows_machine

_host(config) := {"guests": [{"vmid": 101, "type": "qemu", "local": true, "config": array.concat([{"key": "ostype", "value": "win10", "fields": []}], config)}]}

_meta(version) := {"key": "meta", "value": version, "fields": [{"name": "creation-qemu", "value": version}]}

_machine(type) := {"key": "machine", "value": type, "fields": [{"name": "type", "value": type}]}

test_fires_without_a_version if {
	windows_machine.findings == {{"at": ["/guests/0/config/0"], "vars": {"vmids": "101"}}} with input as _host([])
}

test_fires_on_a_bare_machine_of_an_old_qemu if {
	count(windows_machine.findings) == 1 with input as _host([_machine("q35"), _meta("8.1.5")])
}

test_silent_on_a_version if {
	count(windows_machine.findings) == 0 with input as _host([_machine("pc-q35-8.1")])
}

test_silent_when_a_newer_qemu_made_it if {
	count(windows_machine.findings) == 0 with input as _host([_meta("9.2.0")])
}
