package rules.hardware.realtek_driver_test

import data.rules.hardware.realtek_driver

_host(driver, lines) := {
	"hardware": {"pci": [{"address": "0000:03:00.0", "class": "020000", "driver": driver}]},
	"system": {"modprobe": lines},
}

test_fires_on_the_driver_of_the_vendor if {
	realtek_driver.findings == {{
		"at": ["/hardware/pci/0"],
		"vars": {"driver": "r8125", "devices": "0000:03:00.0"},
	}} with input as _host("r8125", [])
}

test_tells_of_the_blacklist if {
	some f in realtek_driver.findings with input as _host("r8168", [{"key": "blacklist r8169", "value": ""}])
	f.at == ["/hardware/pci/0", "/system/modprobe/0"]
}

test_silent_on_the_driver_of_the_kernel if {
	count(realtek_driver.findings) == 0 with input as _host("r8169", [])
}
