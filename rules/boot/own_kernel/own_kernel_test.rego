package rules.boot.own_kernel_test

import data.rules.boot.own_kernel

_tables := {
	"kernel_parameters_of_pve": {"pcie_acs_override": "x"},
	"kernel_parameters_dropped": {},
	"first_stage_modules": {"ext4": "x", "ahci": "x"},
}

_host(version, parameters) := {
	"host": {"kernel": version},
	"hardware": {"modules": ["nvme", "snd"], "pci": []},
	"system": {"boot": {"kernel_parameters": [{"key": k, "value": v, "secret": false} | some [k, v] in parameters]}},
}

_plan(host, answers) := x if {
	x := {concat(".", p.path): p.value | some p in own_kernel.plans} with input as host
		with data.answers as answers
		with data.catalog as _tables
}

_asked := {"bridges": {"kernel": "yes"}}

test_the_running_kernel_with_what_the_first_stage_needs if {
	_plan(_host("6.8.12-4-pve", [["quiet", ""], ["pcie_acs_override", "downstream,multifunction"]]), _asked) == {
		"kernel.version": "6.8.12-4-pve",
		"kernel.modules": ["ahci", "ext4", "nvme"],
		"kernel.parameters": ["pcie_acs_override=downstream,multifunction"],
	}
}

test_nobody_asked if {
	count(_plan(_host("6.8.12-4-pve", []), {})) == 0
	count(_plan(_host("6.8.12-4-pve", []), {"bridges": {"kernel": "no"}})) == 0
}

test_a_version_that_leads_elsewhere_is_no_file if {
	some version in {"6.8/../../etc", "../6.8", "", "6.8 x", 6}
	count(_plan(_host(version, []), _asked)) == 0
}

test_a_parameter_that_would_be_two_is_left_out if {
	_plan(_host("6.8.12-4-pve", [["pcie_acs_override", "x init=/bin/sh"]]), _asked)["kernel.parameters"] == []
}

_closes(host) := x if {
	x := {[b.at, object.get(b.params, "closes", [])] | some b in own_kernel.bridges} with input as host
		with data.answers as _asked
		with data.catalog as _tables
}

test_the_patch_is_kept_where_it_is_in_use if {
	_closes(_host("6.8.12-4-pve", [["quiet", ""], ["pcie_acs_override", "downstream"]])) == {
		[["/host/kernel"], []],
		[["/system/boot/kernel_parameters/1"], ["PVE-HW-003"]],
	}
	_closes(_host("6.8.12-4-pve", [["quiet", ""]])) == {[["/host/kernel"], []]}
}
