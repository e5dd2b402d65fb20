package rules.services.zabbix_newer_test

import data.rules.services.zabbix_newer

_host(version, state) := {
	"packages": [{"name": "zabbix-agent", "version": version, "status": "installed"}],
	"units": [{"name": "zabbix-agent.service", "file_state": state}],
}

test_older_agent if {
	zabbix_newer.findings == {{"at": ["/packages/0"], "vars": {"version": "5.0"}}} with input as _host("1:5.0.47+dfsg-0+deb11u1", "enabled")
}

test_same_series if {
	zabbix_newer.findings == set() with input as _host("1:7.0.19-1+debian12", "enabled")
}

test_unused if {
	zabbix_newer.findings == set() with input as _host("1:5.0.47+dfsg-0+deb11u1", "disabled")
}
