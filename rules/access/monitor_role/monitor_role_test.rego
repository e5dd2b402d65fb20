package rules.access.monitor_role_test

import data.rules.access.monitor_role

_host(privilege) := {"access": {"roles": [{"id": "Zabbix", "privileges": ["VM.Audit", privilege]}]}}

test_fires_on_the_old_privilege if {
	monitor_role.findings == {{"at": ["/access/roles/0"], "vars": {"roles": "Zabbix"}}} with input as _host("VM.Monitor")
}

test_silent_on_the_new_ones if {
	count(monitor_role.findings) == 0 with input as _host("VM.GuestAgent.Audit")
}
