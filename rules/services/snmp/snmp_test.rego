package rules.services.snmp_test

import data.rules.services.snmp

_host(files) := {"units": [{"name": "snmpd.service", "file_state": "enabled"}], "config_files": [{"path": path, "properties": [{"key": line[0], "value": line[1]} | some line in properties]} | some path, properties in files]}

_settings(properties) := out if {
	out := {concat(".", s.option): s.value | some s in snmp.settings} with input as _host({"/etc/snmp/snmpd.conf": properties})
}

_listens(text) := [settings["services.snmpd.listenAddress"], settings["services.snmpd.port"]] if settings := _settings([["agentAddress", text]])

_carried(files) := out if {
	out := {c.path: c.to | some c in snmp.carries} with input as _host(files)
}

test_file_is_read_without_the_lines_that_nixos_says if {
	settings := _settings([["agentaddress", "udp:192.0.2.1:161"], ["sysContact", "me"]])
	settings["services.snmpd.enable"] == true
	settings["services.snmpd.configFile"] == "/run/snmpd/snmpd.conf"
	contains(settings["systemd.services.snmpd.preStart"], "agent(address|user|group)")
	settings["systemd.services.snmpd.wants"] == ["network-online.target"]
	_carried({"/etc/snmp/snmpd.conf": [["sysContact", "me"]]}) == {"/etc/snmp/snmpd.conf": "/var/lib/pve2nix/etc/snmp/snmpd.conf"}
}

test_addresses if {
	_listens("udp:161") == ["udp:0.0.0.0", 161]
	_listens("1161") == ["udp:0.0.0.0", 1161]
	_listens("127.0.0.1,[::1]") == ["udp:127.0.0.1:161,udp6:[::1]", 161]
	_listens("udp6:161, tcp:10.0.0.1:1705") == ["udp6:[::]:161,tcp:10.0.0.1", 1705]
	_listens("host.example.net") == ["udp:host.example.net", 161]
}

test_loopback_waits_for_nobody if {
	not _settings([["agentaddress", "127.0.0.1"]])["systemd.services.snmpd.wants"]
}

test_addresses_that_are_not_understood_leave_all if {
	every text in ["udp:161@vrf", "unix:/run/x", "udp:1:2:3", "x y", "udp:0", "udp:70000", "$(x)"] {
		_settings([["agentaddress", text]]) == {}
	}
}

test_other_files_leave_all if {
	_settings([["includeFile", "/srv/x"]]) == {}
	_carried({"/etc/snmp/snmpd.conf": [["includeDir", "/etc/snmp/snmpd.conf.d"]], "/etc/snmp/snmpd.conf.d/a.conf": [["sysContact", "me"]]}) == {
		"/etc/snmp/snmpd.conf": "/var/lib/pve2nix/etc/snmp/snmpd.conf",
		"/etc/snmp/snmpd.conf.d/a.conf": "/etc/snmp/snmpd.conf.d/a.conf",
	}
}

test_users_of_version_3_come_with_their_keys if {
	_carried({"/etc/snmp/snmpd.conf": [["rouser", "mon authPriv"]]})["/var/lib/snmp/snmpd.conf"] == "/var/lib/net-snmp/snmpd.conf"
}

test_installed_and_unused if {
	count(snmp.settings) == 0 with input as {"units": [{"name": "snmpd.service", "file_state": "disabled"}], "config_files": [{"path": "/etc/snmp/snmpd.conf", "properties": []}]}
}
