package rules.system.boot_files_test

import data.rules.system.boot_files

_host(path, key, value) := {
	"packages": [{"name": "sysfsutils", "status": "installed"}],
	"config_files": [{"path": path, "properties": [{"key": key, "value": value}]}],
}

_written := {line | some s in boot_files.settings; some line in s.value}

test_a_value_below_sys if {
	_written == {"w /sys/kernel/mm/ksm/sleep_millisecs - - - - 20"} with input as _host("/etc/sysfs.d/ksm.conf", "kernel/mm/ksm/sleep_millisecs", " 20")
	count(boot_files.settings) == 0 with input as _host("/etc/sysfs.d/i915.conf", "devices/pci0000:00/0000:00:02.0/sriov_numvfs", "7")
}

test_a_file_that_is_made if {
	_written == {"w /sys/kernel/mm/ksm/sleep_millisecs - - - - 20"} with input as _host("/etc/tmpfiles.d/ksm.conf", "w", "w /sys/kernel/mm/ksm/sleep_millisecs - - - - 20")
	_written == {"d /run/agent 0755 root root -"} with input as _host("/etc/tmpfiles.d/agent.conf", "d", "d /run/agent 0755 root root -")
}

test_none_of_another_form if {
	count(boot_files.settings) == 0 with input as _host("/etc/sysfs.d/x.conf", "../../etc/shadow", "x")
	count(boot_files.settings) == 0 with input as _host("/etc/sysfs.d/x.conf", "class/net/x", "a\nb")
	count(boot_files.settings) == 0 with input as _host("/etc/tmpfiles.d/x.conf", "R", "R /srv")
	count(boot_files.settings) == 0 with input as _host("/etc/tmpfiles.d/x.conf", "f", "f /etc/shadow 0644 root root - x")
	count(boot_files.settings) == 0 with input as object.union(_host("/etc/sysfs.d/x.conf", "class/net/x", "1"), {"packages": []})
}
