package rules.hardware.nvidia_test

import data.rules.hardware.nvidia

_host(modules) := {"hardware": {"modules": modules}, "units": []}

test_fires_when_it_is_loaded if {
	count(nvidia.findings) == 1 with input as _host(["nvidia", "kvm"])
}

test_silent_on_passthrough if {
	count(nvidia.findings) == 0 with input as _host(["vfio_pci", "nvidiafb_not"])
}
