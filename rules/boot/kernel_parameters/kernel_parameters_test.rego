package rules.boot.kernel_parameters_test

import data.lib.tables_test
import data.rules.boot.kernel_parameters

_host(words) := {"system": {"boot": {"kernel_parameters": [{"key": w[0], "value": w[1], "fields": []} | some w in words]}}}

test_keeps_order_and_drops_what_belongs_to_pve if {
	kernel_parameters.settings == {{
		"at": ["/system/boot/kernel_parameters/3", "/system/boot/kernel_parameters/4", "/system/boot/kernel_parameters/5"],
		"option": ["boot", "kernelParams"],
		"value": ["console=tty0", "console=ttyS0,115200n8", "zfs.zfs_arc_max=8589934592"],
	}} with input as _host([
		["BOOT_IMAGE", "/vmlinuz"], ["root", "/dev/mapper/pve-root"], ["quiet", ""],
		["console", "tty0"], ["console", "ttyS0,115200n8"], ["zfs.zfs_arc_max", "8589934592"],
	])
		with data.catalog as tables_test.fixture
}

test_drops_words_that_would_end_the_word_and_units_of_systemd if {
	count(kernel_parameters.settings) == 0 with input as _host([["console", "tty0 init=/bin/sh"], ["video", "a\"b"], ["systemd.unit", "rescue.target"], ["rd.break", ""]])
}
