package rules.incus.legacy_firmware_test

import data.rules.incus.legacy_firmware

_guest(vmid, config) := {"vmid": vmid, "type": "qemu", "local": true, "config": config}

_host := {"guests": [
	_guest(100, []),
	_guest(101, [{"key": "bios", "value": "seabios"}]),
	_guest(102, [{"key": "bios", "value": "ovmf"}, {"key": "efidisk0", "value": "x", "fields": [{"name": "pre-enrolled-keys", "value": "1"}]}]),
	_guest(103, [{"key": "bios", "value": "ovmf"}]),
]}

test_firmware_of_each_guest if {
	set := legacy_firmware.parts with input as _host
	{[p.document[1], p.path[1], p.value, p.at] | some p in set} == {
		["100", "security.csm", "true", ["/guests/0"]],
		["100", "security.secureboot", "false", ["/guests/0"]],
		["101", "security.csm", "true", ["/guests/1/config/0"]],
		["101", "security.secureboot", "false", ["/guests/1/config/0"]],
		["102", "security.secureboot", "true", ["/guests/2/config/0"]],
		["103", "security.secureboot", "false", ["/guests/3/config/0"]],
	}
}

test_a_release_without_seabios if {
	legacy_firmware.findings == {{"at": ["/guests/0", "/guests/1"], "vars": {"vmids": "100, 101"}}} with input as _host with data.release as "24.11"
}

test_silent_on_a_release_with_seabios_and_without_bios_guests if {
	count(legacy_firmware.findings) == 0 with input as _host with data.release as "25.11"
	count(legacy_firmware.findings) == 0 with input as {"guests": [_host.guests[2]]} with data.release as "24.11"
}
