package rules.hardware.vendor_reset_test

import data.rules.hardware.vendor_reset

_host(key, modules) := {
	"hardware": {"modules": modules},
	"guests": [{"vmid": 100, "local": true, "config": [{"key": key, "value": "0000:03:00"}]}],
}

test_fires_where_a_guest_has_a_card if {
	vendor_reset.findings == {{"at": ["/hardware/modules"], "vars": {"guests": 1}}} with input as _host("hostpci0", ["kvm", "vendor_reset"])
}

test_silent_without_such_a_guest if {
	count(vendor_reset.findings) == 0 with input as _host("usb0", ["vendor_reset"])
}

test_silent_without_the_module if {
	count(vendor_reset.findings) == 0 with input as _host("hostpci0", ["kvm"])
}

test_brings_the_module_for_the_kernel if {
	host := object.union(_host("hostpci0", ["vendor_reset"]), {"packages": [{"name": "vendor-reset-dkms", "version": "1", "status": "installed"}]})
	vendor_reset.bridges == {{"at": ["/hardware/modules", "/packages/0"], "bridge": "kernel", "params": {"module": "vendor-reset"}}} with input as host
	{s.option[1]: s.value | some s in vendor_reset.settings} == {
		"extraModulePackages": [{"_ref": ["config", "boot", "kernelPackages", "vendor-reset"]}],
		"kernelModules": ["vendor-reset"],
	} with input as host
}

test_brings_nothing_without_such_a_guest if {
	count(vendor_reset.settings) == 0 with input as _host("usb0", ["vendor_reset"])
}
