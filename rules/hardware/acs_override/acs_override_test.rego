package rules.hardware.acs_override_test

import data.rules.hardware.acs_override

_host(key) := {"guests": [], "system": {"boot": {"kernel_parameters": [{"key": key, "value": "downstream", "fields": []}]}}}

test_fires_on_the_word if {
	count(acs_override.findings) == 1 with input as _host("pcie_acs_override")
}

test_silent_on_another_word_of_pci if {
	count(acs_override.findings) == 0 with input as _host("pcie_aspm")
}
