package rules.guests.clock_unknown_test

import data.rules.guests.clock_unknown

_host(system, config) := {"system": system, "guests": [{"vmid": 136, "type": "qemu", "local": true, "config": config}]}

_windows := {"key": "ostype", "value": "win11", "fields": []}

test_fires_on_windows if {
	clock_unknown.findings == {{"at": ["/guests/0/config/0"], "vars": {"vmids": "136"}}} with input as _host({}, [_windows])
}

test_fires_on_local_time if {
	count(clock_unknown.findings) == 1 with input as _host({}, [{"key": "ostype", "value": "l26", "fields": []}, {"key": "localtime", "value": "1", "fields": []}])
}

test_silent_on_windows_in_utc if {
	count(clock_unknown.findings) == 0 with input as _host({}, [_windows, {"key": "localtime", "value": "0", "fields": []}])
}

test_silent_when_the_zone_is_known if {
	count(clock_unknown.findings) == 0 with input as _host({"time_zone": "Europe/Vienna"}, [_windows])
}
