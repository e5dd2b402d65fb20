package rules.users.limits_test

import data.rules.users.limits

_host(path, values) := {"config_files": [{"path": path, "properties": [{"key": "x", "value": v} | some v in values]}]}

test_limits_of_users_groups_and_all if {
	found := {s.at[0]: s.value[0] | some s in limits.settings} with input as _host("/etc/security/limits.d/90-qemu.conf", [
		"root - memlock unlimited", "@kvm\thard nofile  1048576", "* soft core 0",
	])
	found == {
		"/config_files/0/properties/0": {"domain": "root", "type": "-", "item": "memlock", "value": "unlimited"},
		"/config_files/0/properties/1": {"domain": "@kvm", "type": "hard", "item": "nofile", "value": "1048576"},
		"/config_files/0/properties/2": {"domain": "*", "type": "soft", "item": "core", "value": "0"},
	}
}

test_what_pam_does_not_read_is_left if {
	count(limits.settings) == 0 with input as _host("/etc/security/limits.conf", ["root - memlock", "root both nofile 1", "root - files 1", "root - nofile 1;2", "a\nb - nofile 1"])
	count(limits.settings) == 0 with input as _host("/etc/security/limits.d/90-qemu.conf.bak", ["root - memlock unlimited"])
}
