package rules.boot.modules_test

import data.lib.tables_test
import data.rules.boot.modules

_host(modules, lines) := {"system": {
	"modules_load": [{"key": m, "value": "", "fields": []} | some m in modules],
	"modprobe": [{"key": l[0], "value": l[1], "fields": []} | some l in lines],
}}

_values(name) := {s.value | some s in modules.settings; s.option[1] == name}

test_modules_options_and_blacklists if {
	host := _host(["vfio", "vfio_virqfd"], [
		["options kvm", "ignore_msrs=1"],
		["blacklist nouveau", ""],
		["softdep nouveau", "pre: vfio-pci"],
		["install usb-storage", "/bin/false"],
	])
	_values("kernelModules") == {["vfio"]} with input as host
		with data.catalog as tables_test.fixture
	_values("blacklistedKernelModules") == {["nouveau"]} with input as host
	_values("extraModprobeConfig") == {"options kvm ignore_msrs=1\nsoftdep nouveau pre: vfio-pci\ninstall usb-storage /run/current-system/sw/bin/false\n"} with input as host
}

test_refuses_commands_and_hostile_names if {
	host := _host(["x y", "-r"], [["install kvm", "/root/evil.sh"], ["options a;b", "c=1"], ["options kvm", "x=1\ninstall kvm /bin/sh"], ["blacklist ../x", ""]])
	count(modules.settings) == 0 with input as host
}

test_keeps_the_driver_that_the_network_card_needs if {
	lines := [["blacklist r8169", ""]]
	_values("blacklistedKernelModules") == {["r8169"]} with input as object.union(_host([], lines), {"hardware": {"pci": [{"driver": "igc"}]}})
	_values("blacklistedKernelModules") == set() with input as object.union(_host([], lines), {"hardware": {"pci": [{"driver": "r8168"}]}})
}

test_parameters_of_a_module_go_along if {
	settings := modules.settings with input as {"system": {"modules_load": [{"key": "nbd", "value": "max_part=16 nbds_max=8"}, {"key": "x", "value": "a=1;b"}], "modprobe": []}}
	{[s.option[1], s.value] | some s in settings} == {["kernelModules", ["nbd"]], ["extraModprobeConfig", "options nbd max_part=16 nbds_max=8\n"]}
}

test_options_are_one_text if {
	settings := modules.settings with input as {"system": {"modules_load": [{"key": "nbd", "value": "max_part=16"}], "modprobe": [{"key": "options kvm", "value": "ignore_msrs=1", "fields": []}]}} with data.catalog as tables_test.fixture
	{s.at | some s in settings; s.option[1] == "extraModprobeConfig"} == {["/system/modprobe/0", "/system/modules_load/0"]}
}
