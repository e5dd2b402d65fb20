package rules.time.hardware_clock_test

import data.rules.time.hardware_clock

_host(local) := {"system": {"clock": {"ntp": true, "synchronized": true, "local_rtc": local}}}

test_local_time_is_kept if {
	hardware_clock.settings == {{"at": ["/system/clock/local_rtc"], "option": ["time", "hardwareClockInLocalTime"], "value": true}} with input as _host(true)
}

test_nothing_is_said_of_utc if {
	count(hardware_clock.settings) == 0 with input as _host(false)
}
