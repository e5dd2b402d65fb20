package rules.time.server_is_guest_test

import data.rules.time.server_is_guest

_host(lines) := {
	"host": {"name": "pve", "domain": "school.example.org"},
	"guests": [{"vmid": 100, "type": "qemu", "local": true, "config": [{"key": "name", "value": "dc1"}]}],
	"system": {"ntp": [{"key": key, "value": value, "source": "/etc/chrony/chrony.conf:1"} | some key, value in lines]},
}

test_fires_when_all_are_guests if {
	server_is_guest.findings == {{"at": ["/system/ntp/1"], "vars": {"guest": "100 (dc1)", "servers": "dc1.school.example.org"}}} with input as _host({"makestep": "1 3", "server": "dc1.school.example.org iburst"})
	count(server_is_guest.findings) == 1 with input as _host({"NTP": "dc1.school.example.org"})
}

test_silent_with_a_clock_of_its_own if {
	count(server_is_guest.findings) == 0 with input as _host({"refclock": "SHM 0", "server": "dc1.school.example.org"})
}

test_silent_with_a_source_elsewhere if {
	count(server_is_guest.findings) == 0 with input as _host({"pool": "pool.ntp.org iburst", "server": "dc1.school.example.org iburst"})
	count(server_is_guest.findings) == 0 with input as _host({"makestep": "1 3"})
}
