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
