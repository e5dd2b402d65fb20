package rules.storage.iscsi_storages_test

import data.rules.storage.iscsi_storages

_host(properties, name) := {"host": {"name": "pve1"}, "storage": {
	"storages": [{"type": "iscsi", "id": "san", "properties": [{"key": k, "value": v, "fields": []} | some [k, v] in properties]}],
	"iscsi": {"initiator_name": name, "nodes": []},
}}

_san := _host([["portal", "192.0.2.50:3261"], ["target", "iqn.2001-05.net.example:san1"], ["content", "none"]], "iqn.1993-08.org.debian:01:abc")

_value(option) := min({s.value | some s in settings; array.slice(s.option, 3, 9) == option}) if {
	settings := iscsi_storages.settings with input as _san
}

test_a_unit_logs_in_to_the_target_of_a_storage if {
	script := _value(["script"])
	contains(script, "target=iqn.2001-05.net.example:san1\n")
	contains(script, "--op new --portal 192.0.2.50:3261 || true\n")
	_value(["wantedBy"]) == ["remote-fs.target"]
	at := ["/storage/storages/0", "/storage/storages/0/properties/0", "/storage/storages/0/properties/1"]
	iscsi_storages.bridges == {{"at": at, "bridge": "storage", "params": {"unit": "iscsi-login-san.service", "storage": "san"}}} with input as _san
	iscsi_storages.checks == {{"at": at, "check": "unit-active", "params": {"unit": "iscsi-login-san.service"}, "required": true}} with input as _san
}

test_without_a_name_or_with_words_for_the_shell_there_is_none if {
	every host in [
		_host([["portal", "192.0.2.50"], ["target", "iqn.2001-05.net.example:san1"]], ""),
		_host([["portal", "192.0.2.50; reboot"], ["target", "iqn.2001-05.net.example:san1"]], "iqn.1993-08.org.debian:01:abc"),
		_host([["portal", "192.0.2.50"], ["target", "iqn.$(reboot)"]], "iqn.1993-08.org.debian:01:abc"),
		_host([["portal", "192.0.2.50"], ["target", "iqn.2001-05.net.example:san1"], ["nodes", "pve2"]], "iqn.1993-08.org.debian:01:abc"),
	] {
		count(((iscsi_storages.settings | iscsi_storages.bridges) | iscsi_storages.checks)) == 0 with input as host
	}
}
