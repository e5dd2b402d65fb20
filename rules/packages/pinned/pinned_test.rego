package rules.packages.pinned_test

import data.rules.packages.pinned

_host(path, name, pin) := {"config_files": [{"path": path, "format": "colon", "properties": [
	{"key": "Package", "value": name},
	{"key": "Pin", "value": pin},
	{"key": "Pin-Priority", "value": "1001"},
]}]}

test_fires_on_a_version if {
	pinned.findings == {{"at": ["/config_files/0"], "vars": {"pins": "pve-qemu-kvm 9.2.0-7"}}} with input as _host("/etc/apt/preferences.d/qemu", "pve-qemu-kvm", "version 9.2.0-7")
}

test_silent_on_the_rank_of_a_source if {
	count(pinned.findings) == 0 with input as _host("/etc/apt/preferences", "*", "release a=bookworm-backports")
	count(pinned.findings) == 0 with input as _host("/etc/apt/preferences", "smartmontools", "release a=bookworm-backports")
}

test_silent_on_another_file if {
	count(pinned.findings) == 0 with input as _host("/etc/apt/listchanges.conf", "pve-qemu-kvm", "version 9.2.0-7")
}
