package rules.hardware.vfio_test

import data.rules.hardware.vfio

_host(lines, parameters) := {"system": {
	"modprobe": [{"key": l[0], "value": l[1], "fields": []} | some l in lines],
	"boot": {"kernel_parameters": parameters},
}}

test_fires_and_binds_early if {
	host := _host([["options vfio-pci", "ids=10de:1eb8,1ac1:089a disable_vga=1"]], [])
	vfio.findings == {{"at": ["/system/modprobe/0"], "vars": {"ids": "10de:1eb8,1ac1:089a"}}} with input as host
	{s.value | some s in vfio.settings} == {["vfio_pci", "vfio", "vfio_iommu_type1"]} with input as host
}

test_fires_on_the_command_line if {
	count(vfio.findings) == 1 with input as _host([], [{"key": "vfio-pci.ids", "value": "10de:1eb8", "fields": []}])
}

test_silent_when_devices_are_bound_at_the_start_of_a_guest if {
	count(vfio.findings) == 0 with input as _host([["options vfio-pci", "disable_vga=1"]], [])
	count(vfio.settings) == 0 with input as _host([["options vfio-pci", "disable_vga=1"]], [])
}
