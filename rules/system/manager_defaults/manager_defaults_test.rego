package rules.system.manager_defaults_test

import data.rules.system.manager_defaults

_file(path, lines) := {"path": path, "properties": [{"key": key, "value": value} | some [key, value] in lines]}

_text(files) := {concat("/", array.slice(s.option, 2, 3)): s.value | some s in settings} if {
	settings := manager_defaults.settings with input as {"config_files": files}
}

test_lines_become_a_file_of_the_same_name if {
	_text([
		_file("/etc/systemd/logind.conf.d/lid.conf", [["Login.HandleLidSwitch", "suspend"]]),
		_file("/etc/systemd/system.conf", [["Manager.DefaultTimeoutStopSec", "30s"], ["Manager.DefaultLimitNOFILE", "1024:524288"]]),
		_file("/etc/systemd/system.conf.d/cores.conf", [["Manager.CPUAffinity", "0-3"]]),
	]) == {
		"systemd/logind.conf.d/50-of-before.conf": "[Login]\nHandleLidSwitch=suspend\n",
		"systemd/system.conf.d/50-of-before.conf": "[Manager]\nDefaultTimeoutStopSec=30s\nDefaultLimitNOFILE=1024:524288\nCPUAffinity=0-3\n",
	}
}

test_facts_are_the_lines if {
	settings := manager_defaults.settings with input as {"config_files": [_file("/etc/systemd/system.conf", [["Manager.LogLevel", "debug"], ["Manager.DefaultTimeoutStopSec", "30s"]])]}
	{s.at | some s in settings} == {["/config_files/0/properties/1"]}
}

test_watchdogs_and_the_environment_are_left if {
	_text([_file("/etc/systemd/system.conf", [["Manager.RuntimeWatchdogSec", "0"], ["Manager.DefaultEnvironment", "PATH=/bin"]])]) == {}
}

test_other_files_sections_and_odd_values_are_left if {
	_text([
		_file("/etc/systemd/system.conf", [["Other.DefaultTimeoutStopSec", "30s"], ["Manager.DefaultTimeoutStartSec", "30s\n[Service]"]]),
		_file("/etc/systemd/system.conf.d/x.bak", [["Manager.DefaultTimeoutStopSec", "30s"]]),
		_file("/etc/systemd/networkd.conf", [["Manager.DefaultTimeoutStopSec", "30s"]]),
	]) == {}
}
