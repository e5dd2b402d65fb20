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

_conf(lines) := _known("nftables.service", [{"path": "/etc/nftables.conf", "properties": [{"key": split(l, " ")[0], "value": l, "fields": []} | some l in lines]}])

_script := {s.value | some s in own_filter.settings; s.option == ["systemd", "services", "own-filter", "script"]}

test_the_file_is_loaded_before_the_network if {
	facts := _conf(["#!/usr/sbin/nft -f", "flush ruleset", "table inet edge {", "tcp dport 111 drop"])
	_script == {"sed '/^[[:blank:]]*flush[[:blank:]]\\+ruleset/d' /var/lib/pve2nix/etc/nftables.conf | nft -f -\n"} with input as facts
	{c.to | some c in own_filter.carries} == {"/var/lib/pve2nix/etc/nftables.conf"} with input as facts
	{b.params.closes[0] | some b in own_filter.bridges} == {"PVE-FW-007"} with input as facts
	{c.required | some c in own_filter.checks} == {true} with input as facts
}

_saved(lines) := _known("netfilter-persistent.service", [{"path": "/etc/iptables/rules.v4", "properties": [{"key": split(l, " ")[0], "value": l, "fields": []} | some l in lines]}])

test_saved_rules_of_iptables_are_loaded if {
	_script == {"iptables-restore --noflush < /var/lib/pve2nix/etc/iptables/rules.v4\n"} with input as _saved(["*nat", "-A PREROUTING -p tcp -m tcp --dport 443 -j REDIRECT --to-ports 8006", "COMMIT"])
}

test_half_a_filter_is_not_loaded if {
	every facts in [
		_conf(["flush ruleset", `include "/etc/nftables.d/*"`]),
		_saved(["*filter", ":PVEFW-INPUT - [0:0]"]),
		_saved(["*filter", "-A INPUT -m set --match-set x src -j DROP"]),
		_known("netfilter-persistent.service", []),
		object.union(_known("ufw.service", [{"path": "/etc/ufw/ufw.conf", "properties": [{"key": "ENABLED", "value": "yes"}]}]), {}),
	] {
		count(own_filter.bridges) == 0 with input as facts
	}
}
