package rules.boot.grub_words_test

import data.rules.boot.grub_words

_dropped := {"kernel_parameters_dropped": {"quiet": "x", "root": "x"}}

_host(loader, source, value) := {
	"system": {"boot": {"loader": loader, "kernel_parameters": [
		{"key": "root", "value": "/dev/pve/root", "source": source},
		{"key": "iommu", "value": "pt", "source": source},
		{"key": "nosmt", "value": "", "source": source},
	]}},
	"config_files": [{"path": "/etc/default/grub", "properties": [
		{"key": "GRUB_TIMEOUT", "value": "5"},
		{"key": "GRUB_CMDLINE_LINUX_DEFAULT", "value": value},
	]}],
}

test_fires_on_words_that_systemd_boot_does_not_read if {
	grub_words.findings == {{
		"at": ["/config_files/0/properties/1"],
		"vars": {"words": "intel_iommu=on", "loader": "systemd-boot"},
	}} with input as _host("systemd-boot", "/proc/cmdline", "quiet intel_iommu=on iommu=pt") with data.catalog as _dropped
}

test_fires_on_words_that_were_not_written if {
	some f in grub_words.findings with input as _host("grub", "/proc/cmdline", "nosmt pcie_aspm=off") with data.catalog as _dropped
	f.vars.words == "pcie_aspm=off"
}

test_silent_where_all_are_in_effect if {
	count(grub_words.findings) == 0 with input as _host("grub", "/proc/cmdline", "quiet iommu=pt nosmt") with data.catalog as _dropped
}

test_silent_where_no_kernel_runs if {
	count(grub_words.findings) == 0 with input as _host("grub", "/etc/default/grub", "intel_iommu=on") with data.catalog as _dropped
}
