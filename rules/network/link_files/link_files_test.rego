package rules.network.link_files_test

import data.rules.network.link_files

_host(path, key) := {"config_files": [{"path": path, "format": "ini", "properties": [{"key": "Match.MACAddress", "value": "52:54:00:00:00:02", "fields": []}, {"key": "Link.Name", "value": "lan0", "fields": []}, {"key": key, "value": "magic", "fields": []}]}]}

test_fires_for_a_setting if {
	link_files.findings == {{"at": ["/config_files/0/properties/2"], "vars": {"files": "/etc/systemd/network/10-lan0.link", "settings": "WakeOnLan"}}} with input as _host("/etc/systemd/network/10-lan0.link", "Link.WakeOnLan")
}

test_silent_for_a_name_alone if {
	count(link_files.findings) == 0 with input as _host("/etc/systemd/network/10-lan0.link", "Link.Description")
}

test_silent_for_another_kind_of_file if {
	count(link_files.findings) == 0 with input as _host("/etc/systemd/network/10-lan0.network", "Link.MTUBytes")
}
