package rules.kernel.options_not_in_effect_test

import data.rules.kernel.options_not_in_effect

_host(lines) := {
	"system": {"modprobe": lines},
	"hardware": {"module_parameters": [
		{"module": "zfs", "name": "zfs_arc_max", "value": "3435134976"},
		{"module": "kvm", "name": "ignore_msrs", "value": "Y"},
	]},
}

test_fires_where_they_differ if {
	options_not_in_effect.findings == {{
		"at": ["/system/modprobe/1"],
		"vars": {"options": "zfs.zfs_arc_max=17179869184", "values": "zfs.zfs_arc_max=3435134976"},
	}} with input as _host([{"key": "options kvm", "value": "ignore_msrs=1"}, {"key": "options zfs", "value": "zfs_arc_max=17179869184 zfs_arc_min=1024"}])
}

test_the_last_line_counts if {
	count(options_not_in_effect.findings) == 0 with input as _host([{"key": "options zfs", "value": "zfs_arc_max=1"}, {"key": "options zfs", "value": "zfs_arc_max=3435134976"}])
}

test_a_switch_is_a_switch_however_it_is_written if {
	count(options_not_in_effect.findings) == 0 with input as _host([{"key": "options kvm", "value": "ignore_msrs=on"}])
	count(options_not_in_effect.findings) == 1 with input as _host([{"key": "options kvm", "value": "ignore_msrs=N"}])
}

test_silent_on_text_and_on_what_does_not_run if {
	count(options_not_in_effect.findings) == 0 with input as _host([{"key": "options vfio-pci", "value": "ids=10de:1,10de:2"}, {"key": "softdep kvm", "value": "pre: vfio"}])
}

test_silent_on_a_list if {
	host := {
		"system": {"modprobe": [{"key": "options snd-hda-intel", "value": "index=0"}]},
		"hardware": {"module_parameters": [{"module": "snd_hda_intel", "name": "index", "value": "0,-1,-1"}]},
	}
	count(options_not_in_effect.findings) == 0 with input as host
}
