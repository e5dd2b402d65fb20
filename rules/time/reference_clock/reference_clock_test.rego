package rules.time.reference_clock_test

import data.rules.time.reference_clock

_host(key, value, unit, state) := {
	"units": [{"name": "chrony.service", "file_state": "enabled"}, {"name": unit, "file_state": state}],
	"system": {"ntp": [{"key": "server", "value": "192.0.2.1"}, {"key": key, "value": value}]},
}

test_fires_on_a_clock_and_a_daemon if {
	reference_clock.findings == {{"at": ["/system/ntp/1", "/units/1"], "vars": {"sources": "phc2sys@eno1.service, refclock PPS"}}} with input as _host("refclock", "PPS /dev/pps0 refid PPS", "phc2sys@eno1.service", "enabled")
}

test_silent_on_servers_and_daemons_that_are_off if {
	count(reference_clock.findings) == 0 with input as _host("pool", "x", "ptp4l@eno1.service", "disabled")
}
