package rules.hardware.nvidia_test

import data.rules.hardware.nvidia

_host(modules, dkms, status) := {
	"capture": {"areas": [{"name": "hardware.modules", "status": status}]},
	"hardware": {"modules": modules, "dkms": dkms},
	"units": [],
}

_built := [{"name": "gasket", "version": "1.0", "kernels": []}, {"name": "nvidia", "version": "550.144.03", "kernels": ["6.8.12-11-pve"]}]

test_fires_when_it_is_loaded if {
	nvidia.findings == {{
		"at": ["/hardware/modules"],
		"vars": {"version": "its version is not known", "vgpu": false},
	}} with input as _host(["nvidia", "kvm"], [], "known")
}

test_names_the_version_that_was_built if {
	nvidia.findings == {{
		"at": ["/hardware/dkms/1", "/hardware/modules"],
		"vars": {"version": "550.144.03", "vgpu": false},
	}} with input as _host(["nvidia"], _built, "known")
}

test_fires_on_what_was_built_for_a_host_that_is_off if {
	{f.at | some f in nvidia.findings} == {["/hardware/dkms/1"]} with input as _host([], _built, "unknown")
}

test_silent_on_what_was_built_and_is_not_loaded if {
	count(nvidia.findings) == 0 with input as _host(["kvm"], _built, "known")
}

test_silent_on_passthrough if {
	count(nvidia.findings) == 0 with input as _host(["vfio_pci", "nvidiafb_not"], [], "known")
}
