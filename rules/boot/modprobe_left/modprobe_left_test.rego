package rules.boot.modprobe_left_test

import data.rules.boot.modprobe_left

_host(key, value) := {"system": {"modprobe": [{"key": key, "value": value, "fields": []}]}}

test_fires_on_a_command if {
	modprobe_left.findings == {{"at": ["/system/modprobe/0"], "vars": {"lines": "install nvidia"}}} with input as _host("install nvidia", "/usr/local/bin/load-nvidia")
}

test_silent_on_options_and_blacklists if {
	count(modprobe_left.findings) == 0 with input as _host("options zfs", "zfs_arc_max=1073741824")
	count(modprobe_left.findings) == 0 with input as _host("blacklist nouveau", "")
}
