package rules.hardware.firmware_test

import data.rules.hardware.firmware

_options(host, vendor) := x if {
	x := {concat(".", s.option) | some s in firmware.settings} with input as {"host": host, "hardware": {"cpu": {"vendor": vendor}}}
}

test_microcode_of_the_vendor if {
	_options({"virtualization": "none"}, "GenuineIntel") == {"hardware.enableRedistributableFirmware", "hardware.cpu.intel.updateMicrocode"}
}

test_a_virtual_machine_needs_none if {
	_options({"virtualization": "kvm"}, "AuthenticAMD") == {"hardware.enableRedistributableFirmware"}
}
