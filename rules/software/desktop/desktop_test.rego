package rules.software.desktop_test

import data.rules.software.desktop

_host(name, state) := {"units": [{"name": name, "file_state": state}]}

test_fires_on_a_graphical_login if {
	desktop.findings == {{"at": ["/units/0"], "vars": {
		"manager": "lightdm.service", "option": "services.xserver.displayManager.lightdm.enable",
	}}} with input as _host("lightdm.service", "enabled")
}

test_silent_where_it_is_switched_off if {
	count(desktop.findings) == 0 with input as _host("lightdm.service", "disabled")
}

test_silent_on_a_login_from_afar if {
	count(desktop.findings) == 0 with input as _host("xrdp.service", "enabled")
}
