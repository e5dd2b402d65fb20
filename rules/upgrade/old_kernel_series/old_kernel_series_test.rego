package rules.upgrade.old_kernel_series_test

import data.rules.upgrade.old_kernel_series

_host(name) := {"host": {"pve_major": 8}, "packages": [{"name": "pve-kernel-5.15.158-2-pve", "version": "1", "status": "installed"}, {"name": name, "version": "1", "status": "installed"}]}

_tables := {"pve_releases": {"8": {"kernel": "6.2"}}}

test_fires_on_the_series_of_pve_7 if {
	old_kernel_series.findings == {{"at": ["/packages/1"], "vars": {"names": "pve-kernel-5.15"}}} with input as _host("pve-kernel-5.15")
		with data.catalog as _tables
}

test_silent_on_a_series_of_this_release if {
	count(old_kernel_series.findings) == 0 with input as _host("proxmox-kernel-6.8")
		with data.catalog as _tables
}
