package rules.hardware.nested_host_test

import data.rules.hardware.nested_host

test_fires_in_a_virtual_machine if {
	count(nested_host.findings) == 1 with input as {"host": {"virtualization": "kvm"}}
}

test_silent_on_bare_metal if {
	count(nested_host.findings) == 0 with input as {"host": {"virtualization": "none"}}
}

test_fires_on_a_tree_whose_processor_names_a_hypervisor if {
	nested_host.findings == {{"at": ["/hardware/cpu"], "vars": {"kind": "a hypervisor"}}} with input as {"host": {}, "hardware": {"cpu": {"flags": ["fpu", "hypervisor"]}}}
}

test_silent_on_a_tree_of_real_metal if {
	count(nested_host.findings) == 0 with input as {"host": {}, "hardware": {"cpu": {"flags": ["fpu", "vmx"]}}}
}
