package rules.system.time_servers_test

import data.rules.system.time_servers

_host(packages, ntp) := {
	"packages": [{"name": p, "status": "installed"} | some p in packages],
	"system": {"ntp": [{"key": l[0], "value": l[1], "source": l[2], "fields": []} | some l in ntp]},
}

_options(host) := x if x := {concat(".", s.option): s.value | some s in time_servers.settings} with input as host

test_servers_and_pools_of_chrony if {
	_options(_host(["chrony"], [
		["server", "ntp1.example.net iburst", "/etc/chrony/chrony.conf:2"],
		["server", "ntp2.example.net iburst prefer", "/etc/chrony/chrony.conf:3"],
		["pool", "2.debian.pool.ntp.org iburst", "/etc/chrony/chrony.conf:4"],
	])) == {
		"services.chrony.enable": true,
		"services.chrony.servers": ["ntp1.example.net"],
		"services.chrony.extraConfig": "server ntp2.example.net iburst prefer\npool 2.debian.pool.ntp.org iburst\n",
	}
}

test_timesyncd_without_chrony if {
	_options(_host([], [["NTP", "10.0.0.1 10.0.0.2", "/etc/systemd/timesyncd.conf:5"]])) == {"services.timesyncd.servers": ["10.0.0.1", "10.0.0.2"]}
}

test_servers_of_ntpd if {
	_options(_host([], [
		["driftfile", "/var/lib/ntp/ntp.drift", "/etc/ntp.conf:1"],
		["server", "192.0.2.2 iburst prefer", "/etc/ntp.conf:5"],
		["pool", "pool.ntp.example.net iburst", "/etc/ntp.conf:6"],
		["server", "$(id)", "/etc/ntp.conf:7"],
	])) == {"networking.timeServers": ["192.0.2.2", "pool.ntp.example.net"]}
}

test_a_leftover_of_ntpd_does_not_count_beside_chrony if {
	_options(_host(["chrony"], [["server", "192.0.2.2", "/etc/ntp.conf:5"]])) == {}
}

test_a_removed_chrony_does_not_count if {
	_options(_host([], [["pool", "2.debian.pool.ntp.org iburst", "/etc/chrony/chrony.conf:4"]])) == {}
}

test_refuses_what_is_no_server if {
	_options(_host(["chrony"], [["server", "x\ninclude /etc/shadow", "/etc/chrony/chrony.conf:2"], ["server", "$(id)", "/etc/chrony/chrony.conf:3"]])) == {}
}

test_whom_the_host_serves_stays if {
	_options(_host(["chrony"], [
		["server", "ntp1.example.net iburst", "/etc/chrony/chrony.conf:2"],
		["allow", "10.10.40.0/24", "/etc/chrony/conf.d/serve.conf:1"],
		["local", "stratum 10 orphan", "/etc/chrony/conf.d/serve.conf:2"],
		["allow", "", "/etc/chrony/conf.d/serve.conf:3"],
		["allow", "10.0.0.0/8\ninclude /etc/shadow", "/etc/chrony/conf.d/serve.conf:4"],
		["keyfile", "/etc/chrony/chrony.keys", "/etc/chrony/chrony.conf:9"],
	]))["services.chrony.extraConfig"] == "allow 10.10.40.0/24\nlocal stratum 10 orphan\nallow\n"
}
