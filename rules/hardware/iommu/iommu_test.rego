package rules.hardware.iommu_test

import data.rules.hardware.iommu

_host(groups, parameters, key) := {
	"hardware": {"iommu_groups": groups, "cpu": {"vendor": "GenuineIntel"}},
	"guests": [{"vmid": 100, "type": "qemu", "local": true, "config": [{"key": key, "value": "0000:01:00", "fields": []}]}],
	"system": {"boot": {"kernel_parameters": parameters}},
}

test_adds_the_parameter if {
	{s.value | some s in iommu.settings} == {["intel_iommu=on"]} with input as _host(20, [], "hostpci0")
}

test_silent_when_it_is_there_or_nobody_needs_it if {
	count(iommu.settings) == 0 with input as _host(20, [{"key": "intel_iommu", "value": "on", "fields": []}], "hostpci0")
	count(iommu.settings) == 0 with input as _host(20, [], "net0")
	count(iommu.settings) == 0 with input as _host(0, [], "hostpci0")
}
