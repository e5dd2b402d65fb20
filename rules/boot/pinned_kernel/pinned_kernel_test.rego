package rules.boot.pinned_kernel_test

import data.rules.boot.pinned_kernel

_releases := {"releases": {"25.11": {"kernel": "6.12"}}}

test_fires_on_a_pin if {
	pinned_kernel.findings == {{
		"at": ["/system/boot/pinned_kernel"],
		"vars": {"release": "6.8.12-4-pve", "series": "6.12", "nixos": "25.11"},
	}} with input as {"system": {"boot": {"pinned_kernel": "6.8.12-4-pve"}}} with data.catalog as _releases with data.release as "25.11"
}

test_silent_on_a_kernel_for_the_next_boot_only if {
	count(pinned_kernel.findings) == 0 with input as {"system": {"boot": {"next_kernel": "6.8.12-4-pve"}}} with data.catalog as _releases with data.release as "25.11"
}

test_names_the_series_that_the_configuration_chooses if {
	tables := object.union(_releases, {"pve_kernels": {"6.5": {"25.11": "linuxKernel.packages.linux_6_6"}}})
	{f.vars.series | some f in pinned_kernel.findings} == {"6.6"} with input as {"host": {"kernel": "6.5.13-6-pve"}, "system": {"boot": {"pinned_kernel": "6.5.13-6-pve"}}}
		with data.catalog as tables
		with data.release as "25.11"
}

test_names_the_default_for_a_kernel_without_a_neighbour if {
	{f.vars.series | some f in pinned_kernel.findings} == {"6.12"} with input as {"host": {"kernel": "4.4.0-1-pve"}, "system": {"boot": {"pinned_kernel": "4.4.0-1-pve"}}}
		with data.catalog as _releases
		with data.release as "25.11"
}
