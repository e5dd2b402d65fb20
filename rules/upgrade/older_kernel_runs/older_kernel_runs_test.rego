package rules.upgrade.older_kernel_runs_test

import data.rules.upgrade.older_kernel_runs

_host(running, boot) := {
	"capture": {"mode": "live", "areas": [{"name": "system.boot", "status": "known"}]},
	"host": {"kernel": running},
	"system": {"boot": object.union({"kernels": ["6.8.12-15-pve", "6.8.12-9-pve", "6.8.4-2-pve"]}, boot)},
}

test_fires_on_an_older_kernel if {
	older_kernel_runs.findings == {{"at": ["/host/kernel", "/system/boot/kernels"], "vars": {"running": "6.8.12-9-pve", "newest": "6.8.12-15-pve"}}} with input as _host("6.8.12-9-pve", {})
}

test_silent_on_the_newest if {
	count(older_kernel_runs.findings) == 0 with input as _host("6.8.12-15-pve", {})
}

test_silent_where_the_older_is_pinned if {
	count(older_kernel_runs.findings) == 0 with input as _host("6.8.12-9-pve", {"pinned_kernel": "6.8.12-9-pve"})
}

test_silent_where_the_menu_starts_another_entry if {
	host := object.union(_host("6.8.12-9-pve", {}), {"config_files": [{"path": "/etc/default/grub", "properties": [{"key": "GRUB_DEFAULT", "value": "\"1>2\""}]}]})
	count(older_kernel_runs.findings) == 0 with input as host
	first := object.union(_host("6.8.12-9-pve", {}), {"config_files": [{"path": "/etc/default/grub", "properties": [{"key": "GRUB_DEFAULT", "value": "0"}]}]})
	count(older_kernel_runs.findings) == 1 with input as first
}

test_silent_on_a_kernel_of_ones_own if {
	count(older_kernel_runs.findings) == 0 with input as _host("6.6.1-custom", {})
}
