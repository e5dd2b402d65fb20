package rules.software.appliances_test

import data.rules.software.appliances

_host(unit, state) := {"units": [{"name": unit, "file_state": state}]}

test_fires_on_an_appliance if {
	appliances.findings == {{"at": ["/units/0"], "vars": {"name": "CasaOS", "unit": "casaos.service"}}} with input as _host("casaos.service", "enabled")
}

test_silent_where_it_is_switched_off if {
	count(appliances.findings) == 0 with input as _host("casaos.service", "disabled")
}

test_silent_on_plain_services if {
	count(appliances.findings) == 0 with input as _host("smbd.service", "enabled")
}
