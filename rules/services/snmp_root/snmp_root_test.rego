package rules.services.snmp_root_test

import data.rules.services.snmp_root

_host(state, key) := {
	"units": [{"name": "snmpd.service", "file_state": state}],
	"config_files": [{"path": "/etc/snmp/snmpd.conf", "properties": [{"key": "sysContact", "value": "x"}, {"key": key, "value": "x"}]}],
}

test_programs_run_as_root if {
	snmp_root.findings == {{"at": ["/config_files/0/properties/1"], "vars": {"lines": "extend"}}} with input as _host("enabled", "Extend")
}

test_reading_alone if {
	snmp_root.findings == set() with input as _host("enabled", "rocommunity")
}

test_unused if {
	snmp_root.findings == set() with input as _host("disabled", "extend")
}
