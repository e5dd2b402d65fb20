package rules.system.sudo_paths_test

import data.rules.system.sudo_paths

_host(path, line) := {"config_files": [{"path": path, "properties": [
	{"key": "Defaults", "value": "Defaults secure_path=\"/usr/sbin:/usr/bin\""},
	{"key": "zabbix", "value": line},
]}]}

test_fires_on_a_path_of_debian if {
	sudo_paths.findings == {{
		"at": ["/config_files/0/properties/1"],
		"vars": {"users": "zabbix", "programs": "/usr/sbin/smartctl, /usr/sbin/zpool"},
	}} with input as _host("/etc/sudoers.d/zabbix", "zabbix ALL=(root) NOPASSWD: /usr/sbin/zpool status, /usr/sbin/smartctl -a *")
}

test_silent_on_a_rule_for_everything if {
	count(sudo_paths.findings) == 0 with input as _host("/etc/sudoers", "zabbix ALL=(ALL:ALL) NOPASSWD: ALL")
}

test_silent_on_other_files if {
	count(sudo_paths.findings) == 0 with input as _host("/etc/exports", "zabbix /usr/sbin/zpool")
}

test_silent_on_what_the_packages_of_ceph_bring if {
	count(sudo_paths.findings) == 0 with input as _host("/etc/sudoers.d/ceph-smartctl", "ceph ALL=NOPASSWD: /usr/sbin/smartctl -x --json=o /dev/*")
}
