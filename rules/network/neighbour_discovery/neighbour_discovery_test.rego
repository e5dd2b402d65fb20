package rules.network.neighbour_discovery_test

import data.rules.network.neighbour_discovery

_host(state, path) := {
	"units": [{"name": "lldpd.service", "file_state": state}],
	"config_files": [{"path": path, "format": "words", "properties": [{"key": "configure", "value": "lldp portidsubtype ifname", "fields": []}]}],
}

test_the_same_files_are_read if {
	found := neighbour_discovery.settings with input as _host("enabled", "/etc/lldpd.d/names.conf")
	{"at": ["/config_files/0", "/config_files/0/properties/0"], "option": ["services", "lldpd", "extraArgs"], "value": ["-O", "/var/lib/pve2nix/etc/lldpd.d/names.conf"]} in found
	{c.to | some c in neighbour_discovery.carries} == {"/var/lib/pve2nix/etc/lldpd.d/names.conf"} with input as _host("enabled", "/etc/lldpd.d/names.conf")
	count(neighbour_discovery.bridges) == 1 with input as _host("enabled", "/etc/lldpd.conf")
	count(neighbour_discovery.checks) == 1 with input as _host("enabled", "/etc/lldpd.conf")
}

test_silent_for_other_files if {
	count(neighbour_discovery.settings) == 0 with input as _host("enabled", "/etc/lldpd.d/a b.conf")
	count(neighbour_discovery.settings) == 0 with input as _host("enabled", "/etc/lldpd.d/names.dpkg-old")
}

test_silent_where_it_is_off if {
	count(neighbour_discovery.settings) == 0 with input as _host("disabled", "/etc/lldpd.conf")
}
