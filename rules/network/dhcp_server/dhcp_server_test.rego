package rules.network.dhcp_server_test

import data.rules.network.dhcp_server

_host(unit, state, path, key) := {
	"units": [{"name": unit, "file_state": state}],
	"config_files": [{"path": path, "format": "ini", "properties": [{"key": key, "value": "10.0.0.100,10.0.0.200", "fields": []}]}],
}

test_fires_for_a_server if {
	dhcp_server.findings == {{"at": ["/units/0"], "vars": {"units": "isc-dhcp-server.service"}}} with input as _host("isc-dhcp-server.service", "enabled", "/etc/x", "y")
}

test_fires_for_dnsmasq_with_a_range if {
	dhcp_server.findings == {{"at": ["/config_files/0/properties/0", "/units/0"], "vars": {"units": "dnsmasq.service"}}} with input as _host("dnsmasq.service", "enabled", "/etc/dnsmasq.d/lan.conf", "dhcp-range")
}

test_silent_for_a_server_that_runs_in_the_companion if {
	facts := _host("isc-dhcp-server.service", "enabled", "/etc/x", "y")
	units := {"isc-dhcp-server.service": {"at": "/units/0"}}
	count(dhcp_server.findings) == 0 with input as facts
		with data.lib.companion.exists as true
		with data.lib.companion.units as units
	count(dhcp_server.findings) == 1 with input as facts with data.lib.companion.units as units
}

test_silent_for_dnsmasq_that_only_resolves if {
	count(dhcp_server.findings) == 0 with input as _host("dnsmasq.service", "enabled", "/etc/dnsmasq.conf", "server")
}

test_silent_for_the_instance_of_a_zone if {
	count(dhcp_server.findings) == 0 with input as _host("dnsmasq.service", "enabled", "/etc/dnsmasq.d/lab/10-lab0.conf", "dhcp-range")
}

test_silent_where_it_is_off if {
	count(dhcp_server.findings) == 0 with input as _host("isc-dhcp-server.service", "disabled", "/etc/x", "y")
}

_lan(lines) := {
	"units": [{"name": "dnsmasq.service", "file_state": "enabled"}],
	"config_files": [{"path": "/etc/dnsmasq.conf", "properties": array.concat([{"key": "dhcp-range", "value": "10.0.0.100,10.0.0.200", "fields": []}], lines)}],
}

test_the_same_files_go_to_the_same_server if {
	facts := _lan([{"key": "conf-dir", "value": "/etc/dnsmasq.d/,*.conf", "fields": []}])
	{s.value._concat[1] | some s in dhcp_server.settings; s.option == ["systemd", "services", "dnsmasq", "serviceConfig", "ExecStart"]} == {"/bin/dnsmasq --keep-in-foreground --log-facility=- --user=nobody --group=nogroup --dhcp-leasefile=/var/lib/misc/dnsmasq.leases --conf-file=/var/lib/pve2nix/etc/dnsmasq.conf"} with input as facts
	{c.to | some c in dhcp_server.carries} == {"/var/lib/pve2nix/etc/dnsmasq.conf", "/var/lib/misc/dnsmasq.leases"} with input as facts
	{b.params.closes[0] | some b in dhcp_server.bridges} == {"PVE-NET-048"} with input as facts
	["/units/0"] in {b.at | some b in dhcp_server.bridges} with input as facts
	count(dhcp_server.checks) == 1 with input as facts
}

test_one_that_only_resolves_is_started_too if {
	facts := _host("dnsmasq.service", "enabled", "/etc/dnsmasq.conf", "server")
	{object.get(b.params, "closes", []) | some b in dhcp_server.bridges} == {[]} with input as facts
	count(dhcp_server.settings) > 0 with input as facts
	count(dhcp_server.settings) == 0 with input as _host("dnsmasq.service", "disabled", "/etc/dnsmasq.conf", "server")
}

test_files_that_lead_further_are_not_run if {
	every key in ["dhcp-script", "conf-file", "dhcp-hostsfile", "tftp-root"] {
		count(dhcp_server.bridges) == 0 with input as _lan([{"key": key, "value": "/srv/x", "fields": []}])
	}
	count(dhcp_server.bridges) == 0 with input as _lan([{"key": "conf-dir", "value": "/srv/x", "fields": []}])
	count(dhcp_server.bridges) == 0 with input as _host("isc-dhcp-server.service", "enabled", "/etc/x", "y")
}
