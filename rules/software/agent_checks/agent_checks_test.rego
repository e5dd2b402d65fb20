package rules.software.agent_checks_test

import data.rules.software.agent_checks

_host(unit, path, key, value) := {
	"units": [{"name": unit, "file_state": "enabled"}],
	"config_files": [{"path": path, "properties": [{"key": "Server", "value": "192.0.2.5"}, {"key": key, "value": value}]}],
}

test_fires_on_a_parameter_of_zabbix if {
	agent_checks.findings == {{
		"at": ["/config_files/0/properties/1"],
		"vars": {"agent": "The Zabbix agent", "count": 1, "programs": "/usr/local/bin/zpool-health, /usr/sbin/zpool"},
	}} with input as _host("zabbix-agent2.service", "/etc/zabbix/zabbix_agent2.d/zfs.conf", "UserParameter", "zfs.health[*],sudo /usr/sbin/zpool status $1 | /usr/local/bin/zpool-health")
}

test_fires_on_an_extension_of_snmpd if {
	some f in agent_checks.findings with input as _host("snmpd.service", "/etc/snmp/snmpd.conf", "extend", "raid /usr/local/bin/raid-state")
	f.vars.programs == "/usr/local/bin/raid-state"
}

test_silent_on_what_the_agent_knows_itself if {
	count(agent_checks.findings) == 0 with input as _host("snmpd.service", "/etc/snmp/snmpd.conf", "view", "systemonly included .1.3.6")
}

test_silent_where_the_agent_does_not_run if {
	count(agent_checks.findings) == 0 with input as _host("snmptrapd.service", "/etc/snmp/snmpd.conf", "extend", "raid /usr/local/bin/raid-state")
}

test_silent_on_the_example_of_debian if {
	count(agent_checks.findings) == 0 with input as _host("snmpd.service", "/etc/snmp/snmpd.conf", "extend", "test1 /bin/echo Hello, world!")
}
