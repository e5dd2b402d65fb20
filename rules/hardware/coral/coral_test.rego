package rules.hardware.coral_test

import data.rules.hardware.coral

_host(driver) := {"hardware": {"pci": [{"address": "0000:05:00.0", "vendor": "1ac1", "device": "089a", "driver": driver}]}}

test_fires_where_the_host_drives_it if {
	coral.findings == {{"at": ["/hardware/pci/0"], "vars": {"address": "0000:05:00.0"}}} with input as _host("apex")
}

test_silent_where_a_guest_has_it if {
	count(coral.findings) == 0 with input as _host("vfio-pci")
}

test_brings_the_module_for_the_kernel if {
	host := object.union(_host("apex"), {"packages": [{"name": "gasket-dkms", "version": "1", "status": "installed"}]})
	coral.bridges == {{"at": ["/hardware/pci/0", "/packages/0"], "bridge": "kernel", "params": {"module": "gasket"}}} with input as host
	some s in coral.settings with input as host
	s.option == ["boot", "extraModulePackages"]
	s.value == [{"_ref": ["config", "boot", "kernelPackages", "gasket"]}]
}

test_brings_nothing_where_a_guest_has_it if {
	count(coral.settings) == 0 with input as _host("vfio-pci")
	count(coral.bridges) == 0 with input as _host("vfio-pci")
}
