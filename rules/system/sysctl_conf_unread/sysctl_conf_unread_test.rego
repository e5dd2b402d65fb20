package rules.system.sysctl_conf_unread_test

import data.rules.system.sysctl_conf_unread

_host(major) := {"host": {"pve_major": major}, "system": {"sysctl": [
	{"key": "vm.swappiness", "value": "10", "fields": [], "source": "/etc/sysctl.conf:3"},
	{"key": "vm.max_map_count", "value": "1", "fields": [], "source": "/etc/sysctl.d/pve.conf:1"},
]}}

test_fires_on_pve_9 if {
	sysctl_conf_unread.findings == {{"at": ["/system/sysctl/0"], "vars": {"count": 1}}} with input as _host(9)
}

test_silent_on_pve_8_where_the_file_is_read if {
	count(sysctl_conf_unread.findings) == 0 with input as _host(8)
}

test_silent_on_pve_9_where_a_link_leads_to_it if {
	link := {"kind": "link", "path": "/etc/sysctl.d/99-sysctl.conf", "target": "/etc/sysctl.conf", "state": "local"}
	count(sysctl_conf_unread.findings) == 0 with input as object.union(_host(9), {"local_files": [link]})
}
