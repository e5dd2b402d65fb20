package rules.boot.initrd_modules_test

import data.rules.boot.initrd_modules

_host(lines) := {
	"hardware": {"modules": ["vfio_pci", "dm_multipath"]},
	"config_files": [{"path": "/etc/initramfs-tools/modules", "properties": [{"key": l[0], "value": l[1]} | some l in lines]}],
}

test_loaded_modules_are_loaded_early if {
	found := {s.at[0]: s.value | some s in initrd_modules.settings} with input as _host([["vfio_pci", ""], ["dm-multipath", ""]])
	found == {"/config_files/0/properties/0": ["vfio_pci"], "/config_files/0/properties/1": ["dm-multipath"]}
}

test_modules_with_parameters_or_that_nobody_loaded_are_left if {
	count(initrd_modules.settings) == 0 with input as _host([["vfio_pci", "ids=8086:1"], ["e1000e", ""], ["a;b", ""]])
}
