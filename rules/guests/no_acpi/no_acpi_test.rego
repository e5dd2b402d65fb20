package rules.guests.no_acpi_test

import data.rules.guests.no_acpi

_host(acpi, agent) := {"guests": [{"vmid": 130, "type": "qemu", "local": true, "config": [
	{"key": "acpi", "value": acpi, "fields": []},
	{"key": "agent", "value": agent, "fields": [{"name": "enabled", "value": agent}]},
]}]}

test_fires_without_both if {
	no_acpi.findings == {{"at": ["/guests/0/config/0"], "vars": {"vmids": "130"}}} with input as _host("0", "0")
}

test_silent_with_an_agent if {
	count(no_acpi.findings) == 0 with input as _host("0", "1")
}

test_silent_with_acpi if {
	count(no_acpi.findings) == 0 with input as _host("1", "0")
}
