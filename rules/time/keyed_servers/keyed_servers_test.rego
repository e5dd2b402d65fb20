package rules.time.keyed_servers_test

import data.rules.time.keyed_servers

_host(value, source) := {
	"units": [{"name": "chrony.service", "file_state": "enabled"}],
	"system": {"ntp": [{"key": "driftfile", "value": "x", "source": source}, {"key": "server", "value": value, "source": source}]},
}

test_fires_on_a_key if {
	keyed_servers.findings == {{"at": ["/system/ntp/1"], "vars": {"servers": "ntp1.example.org"}}} with input as _host("ntp1.example.org iburst key 10", "/etc/chrony/chrony.conf:3")
}

test_silent_without_a_key_and_on_another_daemon if {
	count(keyed_servers.findings) == 0 with input as _host("key.example.org iburst", "/etc/chrony/chrony.conf:3")
	count(keyed_servers.findings) == 0 with input as _host("ntp1.example.org key 10", "/etc/ntp.conf:3")
}

test_silent_where_chrony_is_switched_off if {
	count(keyed_servers.findings) == 0 with input as object.union(_host("ntp1.example.org key 10", "/etc/chrony/chrony.conf:3"), {"units": [{"name": "chrony.service", "file_state": "disabled"}]})
}
