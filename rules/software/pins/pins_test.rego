package rules.software.pins_test

import data.rules.software.pins

_host(path, second) := {"config_files": [{"path": path, "properties": [
	{"key": "Package", "value": "docker-ce*"},
	{"key": second, "value": "version 5:28.*"},
	{"key": "Pin-Priority", "value": "1001"},
]}]}

test_fires_on_a_pin if {
	pins.findings == {{
		"at": ["/config_files/0/properties/0"],
		"vars": {"pins": "/etc/apt/preferences.d/docker: docker-ce*, version 5:28.*", "release": "25.11"},
	}} with input as _host("/etc/apt/preferences.d/docker", "Pin") with data.release as "25.11"
}

test_silent_on_a_stanza_without_a_pin if {
	count(pins.findings) == 0 with input as _host("/etc/apt/preferences.d/docker", "Explanation") with data.release as "25.11"
}

test_silent_on_other_files if {
	count(pins.findings) == 0 with input as _host("/etc/apt/listchanges.conf", "Pin") with data.release as "25.11"
}
