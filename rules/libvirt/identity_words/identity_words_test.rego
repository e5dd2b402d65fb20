package rules.libvirt.identity_words_test

import data.lib.domains_test
import data.rules.libvirt.identity_words

_host(list) := object.union(domains_test.host(list), {"host": {"name": "pve"}})

_found(list) := {[f.vars.vmid, f.vars.words, f.at] | some f in findings} if {
	findings := identity_words.findings with input as _host(list)
}

_uuid := "4f0b4c1e-9d41-4d2a-8a57-1f6a3f0d2b11"

test_fires_on_what_libvirt_cannot_be_told if {
	config := {"name": "web", "smbios1": "uuid=0f0c7a10-6d3e-4b7e-9c11-0000000900000,serial=4,product=QWNtZQ==,base64=1", "tags": "prod;<x>"}
	_found([{"vmid": 100, "config": config}]) == {[100, "serial, tags, uuid", ["/guests/0/config/1", "/guests/0/config/2"]]}
}

test_fires_on_both_of_two_with_one_uuid if {
	config := {"smbios1": concat("", ["uuid=", _uuid])}
	_found([{"vmid": 100, "config": config}, {"vmid": 101, "config": config}]) == {[100, "uuid", ["/guests/0/config/0"]], [101, "uuid", ["/guests/1/config/0"]]}
}

test_silent_on_plain_lines if {
	config := {"smbios1": concat("", ["uuid=", upper(_uuid), ",manufacturer=QWNtZQ==,serial=,base64=1"]), "tags": "prod; db,"}
	_found([{"vmid": 100, "config": config}, {"vmid": 101, "config": {"smbios1": "serial=4", "tags": ""}}]) == set()
}
