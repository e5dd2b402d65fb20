package rules.software.interface_patches_test

import data.rules.software.interface_patches

_host(file, key, value) := {"config_files": [{"path": file, "properties": [{"key": key, "value": value}]}]}

test_fires_on_a_hook_that_patches if {
	interface_patches.findings == {{
		"at": ["/config_files/0/properties/0"],
		"vars": {"files": "/etc/apt/apt.conf.d/no-nag-script", "targets": "proxmox-widget-toolkit, proxmoxlib"},
	}} with input as _host("/etc/apt/apt.conf.d/no-nag-script", "DPkg::Post-Invoke", "sed -i s/a/b/ /usr/share/javascript/proxmox-widget-toolkit/proxmoxlib.js")
}

test_silent_on_another_hook if {
	count(interface_patches.findings) == 0 with input as _host("/etc/apt/apt.conf.d/05etckeeper", "DPkg::Post-Invoke", "if [ -x /usr/bin/etckeeper ]; then etckeeper post-install; fi")
}

test_silent_on_other_settings if {
	count(interface_patches.findings) == 0 with input as _host("/etc/apt/apt.conf.d/50unattended-upgrades", "Unattended-Upgrade::Package-Blacklist", "pve-manager")
}
