package rules.services.zabbix_agent_test

import data.rules.services.zabbix_agent

_catalog := {"sudo_programs": {"lvs": {}}}

_host(unit, files) := {
	"units": [{"name": unit, "file_state": "enabled"}],
	"config_files": [{"path": path, "properties": [{"key": line[0], "value": line[1]} | some line in properties]} | some path, properties in files],
}

_of(unit, files) := out if {
	out := {concat(".", s.option): s.value | some s in zabbix_agent.settings} with input as _host(unit, files) with data.catalog as _catalog with data.target as "proxmox"
}

_agent(properties) := _of("zabbix-agent.service", {"/etc/zabbix/zabbix_agentd.conf": array.concat([["Server", "192.0.2.1"]], properties)})

_plain := {
	"services.zabbixAgent.enable": true,
	"services.zabbixAgent.package": {"_ref": ["pkgs", "zabbix70", "agent"]},
	"services.zabbixAgent.server": "192.0.2.1",
}

test_words_and_addresses if {
	_agent([["Hostname", "a"], ["Hostname", "b"], ["ListenPort", "10060"], ["ListenIP", "10.0.0.1"], ["PidFile", "/run/x"], ["DenyKey", "system.run[*]"]]) == object.union(_plain, {
		"services.zabbixAgent.settings.Hostname": "b",
		"services.zabbixAgent.listen.port": 10060,
		"services.zabbixAgent.listen.ip": "10.0.0.1",
		"services.zabbixAgent.settings.DenyKey": ["system.run[*]"],
	})
}

test_checks_of_included_files if {
	settings := _of("zabbix-agent2.service", {
		"/etc/zabbix/zabbix_agent2.conf": [["Server", "192.0.2.1"], ["Include", "/etc/zabbix/zabbix_agent2.d/*.conf"]],
		"/etc/zabbix/zabbix_agent2.d/a.conf": [["UserParameter", "lvm,sudo /usr/sbin/lvs"]],
	})
	settings["services.zabbixAgent.package"] == {"_ref": ["pkgs", "zabbix70", "agent2"]}
	settings["services.zabbixAgent.settings.UserParameter"] == ["lvm,sudo /run/current-system/sw/bin/lvs"]
	settings["systemd.services.zabbix-agent.path"] == ["/run/current-system/sw"]
}

test_keys_are_credentials if {
	settings := _agent([["TLSPSKFile", "/etc/zabbix/psk"], ["TLSPSKIdentity", "a"]])
	settings["services.zabbixAgent.settings.TLSPSKFile"] == "/run/credentials/zabbix-agent.service/TLSPSKFile"
	settings["systemd.services.zabbix-agent.serviceConfig.LoadCredential"] == ["TLSPSKFile:/var/lib/pve2nix/etc/zabbix/psk"]
	{c.path: c.to | some c in zabbix_agent.carries} == {"/etc/zabbix/psk": "/var/lib/pve2nix/etc/zabbix/psk"} with input as _host("zabbix-agent.service", {"/etc/zabbix/zabbix_agentd.conf": [["Server", "192.0.2.1"], ["TLSPSKFile", "/etc/zabbix/psk"]]}) with data.catalog as _catalog with data.target as "proxmox"
}

test_order_of_keys_is_left_to_a_person if {
	_agent([["AllowKey", "a"], ["DenyKey", "b"]]) == _plain
}

test_file_that_is_not_included if {
	_of("zabbix-agent.service", {"/etc/zabbix/zabbix_agentd.conf": [["Server", "192.0.2.1"]], "/etc/zabbix/zabbix_agentd.d/a.conf": [["Hostname", "a"]]}) == _plain
}

test_no_server if {
	_of("zabbix-agent.service", {"/etc/zabbix/zabbix_agentd.conf": [["Hostname", "a"]]}) == {}
}

test_shapes_that_are_not_taken if {
	_agent([["ListenPort", "70000"], ["ListenIP", "$(x)"], ["TLSPSKFile", "../x"]]) == _plain
}

test_agent_that_is_not_used if {
	_of("other.service", {"/etc/zabbix/zabbix_agentd.conf": [["Server", "192.0.2.1"]]}) == {}
}
