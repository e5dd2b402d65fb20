package rules.system.sysctl_test

import data.lib.tables_test
import data.rules.system.sysctl

_host(major, lines) := {"host": {"pve_major": major}, "system": {"sysctl": [{"key": l[0], "value": l[1], "fields": [], "source": l[2]} | some l in lines]}}

test_limits_of_pve_are_set_where_etc_is_silent if {
	{s.value | some s in sysctl.settings} == {1048576} with input as _host(8, [])
		with data.catalog as tables_test.fixture
	{s.value | some s in sysctl.settings} == {5} with input as _host(8, [["fs.aio-max-nr", "5", "/etc/sysctl.d/a.conf:1"]])
		with data.catalog as tables_test.fixture
}

test_the_last_line_of_a_key_wins_and_both_are_spoken_for if {
	sysctl.settings == {{
		"at": ["/system/sysctl/0", "/system/sysctl/1"],
		"option": ["boot", "kernel", "sysctl", "vm.swappiness"],
		"value": 1,
	}} with input as _host(8, [["vm.swappiness", "10", "/etc/sysctl.conf:1"], ["vm.swappiness", "1", "/etc/sysctl.d/a.conf:1"]])
}

test_text_keeps_its_words if {
	{s.value | some s in sysctl.settings} == {"4096 87380 33554432"} with input as _host(8, [["net.ipv4.tcp_rmem", "4096\t87380 33554432", "/etc/sysctl.d/a.conf:1"]])
}

test_sysctl_conf_does_not_count_on_debian_13 if {
	count(sysctl.settings) == 0 with input as _host(9, [["vm.swappiness", "10", "/etc/sysctl.conf:1"]])
}

test_refuses_limits_of_sockets_that_are_no_number if {
	{s.value | some s in sysctl.settings} == {212992} with input as _host(8, [
		["net.core.rmem_max", "16M", "/etc/sysctl.d/a.conf:1"],
		["net.core.wmem_max", "212992", "/etc/sysctl.d/a.conf:2"],
	])
}

test_refuses_programs_and_hostile_keys if {
	count(sysctl.settings) == 0 with input as _host(8, [
		["kernel.core_pattern", "|/usr/bin/evil", "/etc/sysctl.d/a.conf:1"],
		["vm.${x}", "1", "/etc/sysctl.d/a.conf:2"],
		["vm.swappiness", "1\nkernel.modprobe=/x", "/etc/sysctl.d/a.conf:3"],
	])
}

test_sysctl_conf_is_read_after_files_with_a_lower_name if {
	{s.value | some s in sysctl.settings} == {10} with input as _host(8, [["vm.swappiness", "10", "/etc/sysctl.conf:1"], ["vm.swappiness", "1", "/etc/sysctl.d/50-vm.conf:1"]])
}

test_sysctl_conf_counts_on_debian_13_by_a_link if {
	link := {"local_files": [{"kind": "link", "path": "/etc/sysctl.d/99-sysctl.conf", "target": "../sysctl.conf", "state": "local"}]}
	{s.value | some s in sysctl.settings} == {10} with input as object.union(_host(9, [["vm.swappiness", "10", "/etc/sysctl.conf:1"]]), link)
}
