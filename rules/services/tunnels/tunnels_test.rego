package rules.services.tunnels_test

import data.rules.services.tunnels

_host(unit, state, command) := {
	"units": [{"name": unit, "file_state": state}],
	"config_files": [{"path": "/etc/wireguard/wg0.conf", "properties": [
		{"key": "Interface.PrivateKey", "secret": {"secret": true}},
		{"key": "Interface.PostUp", "value": command},
	]}],
}

_wg := "wg-quick@wg0.service"

_both := "iptables -A FORWARD -i %i -j ACCEPT; ip route add 192.0.2.0/24 dev %i"

test_the_file_is_carried_and_used if {
	tunnels.settings == {
		{"at": ["/units/0"], "option": ["networking", "wg-quick", "interfaces", "wg0", "configFile"], "value": "/var/lib/pve2nix/etc/wireguard/wg0.conf"},
		{"at": ["/units/0"], "option": ["systemd", "services", "wg-quick-wg0", "path"], "value": [{"_ref": ["pkgs", "iproute2"]}, {"_ref": ["pkgs", "iptables"]}]},
	} with input as _host(_wg, "enabled", _both)
	{[c.at, c.path, c.to, c.mode] | some c in tunnels.carries} == {[["/config_files/0/properties/0", "/config_files/0/properties/1"], "/etc/wireguard/wg0.conf", "/var/lib/pve2nix/etc/wireguard/wg0.conf", "0600"]} with input as _host(_wg, "enabled", _both)
	{c.params.unit | some c in tunnels.checks} == {"wg-quick-wg0.service"} with input as _host(_wg, "enabled", _both)
}

test_no_tunnel_with_a_command_that_is_not_known if {
	count(((tunnels.settings | tunnels.carries) | tunnels.checks)) == 0 with input as _host(_wg, "enabled", "/usr/local/bin/up %i")
	count(tunnels.settings) == 0 with input as _host(_wg, "enabled", "echo $(reboot)")
	count(tunnels.settings) == 0 with input as _host(_wg, "enabled", "ip link | sh")
}

test_no_tunnel_that_is_off_or_has_no_file if {
	count(tunnels.settings) == 0 with input as _host(_wg, "disabled", _both)
	count(tunnels.settings) == 0 with input as _host("wg-quick@wg1.service", "enabled", _both)
	count(tunnels.settings) == 0 with input as _host("wg-quick@../x.service", "enabled", _both)
}

test_openvpn_with_its_folder if {
	tunnels.settings == {{"at": ["/units/0"], "option": ["services", "openvpn", "servers", "openvpn-client-office", "config"], "value": "cd /var/lib/pve2nix/etc/openvpn/client\nconfig office.conf\n"}} with input as _host("openvpn-client@office.service", "enabled", _both)
	{c.path | some c in tunnels.carries} == {"/etc/openvpn"} with input as _host("openvpn@office.service", "enabled", _both)
	{c.params.unit | some c in tunnels.checks} == {"openvpn-openvpn-server-a.b.service"} with input as _host("openvpn-server@a.b.service", "enabled", _both)
}

test_no_openvpn_that_is_off if {
	count(tunnels.settings) == 0 with input as _host("openvpn@office.service", "disabled", _both)
	count(tunnels.settings) == 0 with input as _host("openvpn@..\nup x.service", "enabled", _both)
}

test_no_openvpn_beside_a_companion if {
	count(((tunnels.settings | tunnels.carries) | tunnels.checks)) == 0 with input as _host("openvpn@office.service", "enabled", _both) with data.lib.companion.exists as true
	count(tunnels.settings) == 2 with input as _host(_wg, "enabled", _both) with data.lib.companion.exists as true
}
