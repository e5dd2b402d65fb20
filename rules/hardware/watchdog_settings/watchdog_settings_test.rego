package rules.hardware.watchdog_settings_test

import data.rules.hardware.watchdog_settings

_found(files) := {s.option[2]: [s.at, s.value._mkForce] | some s in watchdog_settings.settings with input as {"config_files": files}}

_file(path, properties) := {"path": path, "properties": [{"key": sprintf("Manager.%s", [k]), "value": v} | some [k, v] in properties]}

test_times_and_device_are_kept if {
	_found([_file("/etc/systemd/system.conf", [["RuntimeWatchdogSec", "30"], ["RebootWatchdogSec", "10min"], ["WatchdogDevice", "/dev/watchdog1"]])]) == {
		"runtimeTime": [["/config_files/0/properties/0"], "30"],
		"rebootTime": [["/config_files/0/properties/1"], "10min"],
		"device": [["/config_files/0/properties/2"], "/dev/watchdog1"],
	}
}

test_the_last_drop_in_counts if {
	_found([
		_file("/etc/systemd/system.conf.d/20-b.conf", [["RuntimeWatchdogSec", "40s"]]),
		_file("/etc/systemd/system.conf.d/10-a.conf", [["RuntimeWatchdogSec", "20s"]]),
		_file("/etc/systemd/system.conf", [["RuntimeWatchdogSec", "off"]]),
	]) == {"runtimeTime": [["/config_files/0/properties/0", "/config_files/1/properties/0", "/config_files/2/properties/0"], "40s"]}
}

# Near misses: switched off, of people's own manager, no device of a watchdog.
test_silent_for_what_is_no_watchdog if {
	_found([
		_file("/etc/systemd/system.conf", [["RuntimeWatchdogSec", "0"], ["RebootWatchdogSec", "off"], ["WatchdogDevice", "/dev/sda"], ["DefaultTimeoutStopSec", "20s"]]),
		_file("/etc/systemd/user.conf", [["RuntimeWatchdogSec", "30"]]),
	]) == {}
}
