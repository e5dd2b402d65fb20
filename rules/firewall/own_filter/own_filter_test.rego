package rules.firewall.own_filter_test

import data.rules.firewall.own_filter

_host(name, state) := {"units": [{"name": name, "file_state": state, "active_state": "inactive", "drop_ins": []}]}

test_fires_for_a_loader_in_use if {
	own_filter.findings == {{"at": ["/units/0"], "vars": {"units": "nftables.service"}}} with input as _host("nftables.service", "enabled")
}

test_silent_when_it_is_only_installed if {
	count(own_filter.findings) == 0 with input as _host("nftables.service", "disabled")
}

test_silent_for_the_firewall_of_pve if {
	count(own_filter.findings) == 0 with input as _host("pve-firewall.service", "enabled")
}

_known(name, files) := object.union(_host(name, "enabled"), {"capture": {"areas": [{"name": "config_files", "status": "known"}]}, "config_files": files})

_ufw(enabled) := _known("ufw.service", [{"path": "/etc/ufw/ufw.conf", "properties": [{"key": "ENABLED", "value": enabled}]}])

test_silent_for_ufw_that_was_never_switched_on if {
	count(own_filter.findings) == 0 with input as _ufw("no")
	count(own_filter.findings) == 0 with input as _known("ufw.service", [])
	count(own_filter.findings) == 1 with input as _ufw("yes")
}

test_silent_for_the_empty_file_of_debian if {
	count(own_filter.findings) == 0 with input as _known("nftables.service", [])
	count(own_filter.findings) == 1 with input as _known("nftables.service", [{"path": "/etc/nftables.conf", "properties": []}])
}

test_fires_where_a_drop_in_loads_another_file if {
	count(own_filter.findings) == 1 with input as object.union(_known("nftables.service", []), {"units": [{"name": "nftables.service", "file_state": "enabled", "drop_ins": ["/etc/systemd/system/nftables.service.d/local.conf"]}]})
}
