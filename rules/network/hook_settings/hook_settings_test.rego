package rules.network.hook_settings_test

import data.lib.network_test
import data.rules.network.hook_settings

_host(lines) := network_test.host({"interfaces": [network_test.interface("vmbr0", "bridge", lines, {})]})

_value(option) := {s.value | some s in hook_settings.settings; s.option == option}

_routes := ["systemd", "network", "networks", "10-vmbr0", "routes"]

test_routes if {
	_value(_routes) == {[{"Destination": "10.9.0.0/16", "Gateway": "192.0.2.8"}]} with input as _host([["up", "ip route add 10.9.0.0/16 via 192.0.2.8 dev $IFACE || true"]])
	_value(_routes) == {[{"Destination": "198.51.100.1/32", "Scope": "link"}]} with input as _host([["post-up", "/sbin/ip route add 198.51.100.1 dev vmbr0 scope link"]])
	_value(_routes) == {[{"Destination": "0.0.0.0/0", "Gateway": "198.51.100.1", "Metric": 100, "GatewayOnLink": true}]} with input as _host([["up", "ip route add default via 198.51.100.1 metric 100 onlink"]])
}

test_a_down_line_that_undoes_the_route_is_claimed_with_it if {
	{s.at | some s in hook_settings.settings} == {["/network/interfaces/0/options/0", "/network/interfaces/0/options/1"]} with input as _host([["up", "ip route add 10.9.0.0/16 via 192.0.2.8"], ["down", "ip route del 10.9.0.0/16"]])
}

test_settings_of_the_kernel if {
	_value(["boot", "kernel", "sysctl", "net.ipv4.ip_forward"]) == {1} with input as _host([["post-up", "echo 1 > /proc/sys/net/ipv4/ip_forward"]])
	_value(["boot", "kernel", "sysctl", "net.ipv4.conf.vmbr0.proxy_arp"]) == {1} with input as _host([["up", "sysctl -w net.ipv4.conf.vmbr0.proxy_arp=1"]])
	_value(["systemd", "network", "networks", "10-vmbr0", "networkConfig", "IPv6AcceptRA"]) == {true} with input as _host([["up", "sysctl net.ipv6.conf.$IFACE.accept_ra=2"]])
	_value(["systemd", "network", "networks", "10-vmbr0", "networkConfig", "LinkLocalAddressing"]) == {"no"} with input as _host([["up", "sysctl -q -w net.ipv6.conf.vmbr0.disable_ipv6=1"]])
}

test_two_values_for_one_key_are_left_to_a_person if {
	count(hook_settings.settings) == 0 with input as _host([["up", "sysctl -w net.ipv4.ip_forward=1"], ["up", "sysctl -w net.ipv4.ip_forward=0"]])
	other := {"system": {"sysctl": [{"key": "net.ipv4.ip_forward", "value": "0", "fields": [], "source": "/etc/sysctl.d/a.conf:1"}]}}
	count(hook_settings.settings) == 0 with input as object.union(_host([["up", "sysctl -w net.ipv4.ip_forward=1"]]), other)
}

test_masquerading_of_the_manual if {
	facts := _host([
		["post-up", "iptables -t nat -A POSTROUTING -s '10.10.10.0/24' -o vmbr0 -j MASQUERADE"],
		["post-down", "iptables -t nat -D POSTROUTING -s '10.10.10.0/24' -o vmbr0 -j MASQUERADE"],
	])
	some text in _value(["networking", "nftables", "tables", "pve-nat", "content"]) with input as facts
	contains(text, `ip saddr 10.10.10.0/24 oifname "vmbr0" masquerade`)
	{s.at | some s in hook_settings.settings} == {["/network/interfaces/0/options/0", "/network/interfaces/0/options/1"]} with input as facts
}

test_everything_else_is_left_to_a_person if {
	every line in [
		"/usr/local/bin/up.sh",
		"ip route add 10.0.0.0/8 via 192.0.2.8; reboot",
		"ip route add $(cat /x) via 192.0.2.8",
		"ip route add 10.0.0.0/8 via 192.0.2.8 dev other0",
		"echo 1 > /proc/sys/kernel/sysrq",
		"iptables -t raw -I PREROUTING -i fwbr+ -j CT --zone 1",
		"iptables -t nat -A POSTROUTING -s 10.10.10.0/24 -o vmbr0 -j MASQUERADE --random",
		"ethtool -K eno1 gso off",
	] {
		count(hook_settings.settings) == 0 with input as _host([["up", line]])
	}
}

test_the_route_of_a_routing_domain if {
	interfaces := [network_test.interface("vrf_a", "vrf", [["vrf-table", "auto"], ["post-up", "ip route add vrf vrf_a unreachable default metric 4278198272"]], {})]
	{s.value | some s in hook_settings.settings; s.option[3] == "10-vrf_a"} == {[{"Type": "unreachable", "Destination": "0.0.0.0/0", "Table": 1001, "Metric": 4278198272}]} with input as network_test.host({"interfaces": interfaces})
	count(hook_settings.settings) == 0 with input as network_test.host({"interfaces": [network_test.interface("vrf_a", "vrf", [["vrf-table", "auto"], ["post-up", "ip route del vrf vrf_a unreachable default metric 4278198272"]], {})]})
}

_rules := ["systemd", "network", "networks", "10-vmbr0", "routingPolicyRules"]

_tables := {"config_files": [{"path": "/etc/iproute2/rt_tables", "properties": [{"key": "255", "value": "local", "fields": []}, {"key": "200", "value": "uplink2", "fields": []}]}]}

test_rules_that_choose_a_table if {
	_value(_rules) == {[{"From": "203.0.113.10/32", "Table": 200}]} with input as object.union(_host([["post-up", "ip rule add from 203.0.113.10 table uplink2"]]), _tables)
	_value(_rules) == {[{"From": "10.0.0.0/8", "To": "192.0.2.0/24", "FirewallMark": 7, "IncomingInterface": "vmbr0", "OutgoingInterface": "eno1", "Priority": 100, "Table": 30}]} with input as _host([["up", "ip rule add from 10.0.0.0/8 to 192.0.2.0/24 fwmark 7 iif vmbr0 oif eno1 lookup 30 prio 100"]])
	_value(_rules) == {[{"Family": "ipv6", "Table": 254}]} with input as _host([["up", "ip -6 rule add from all table main"]])
	_value(_rules) == {[{"From": "2001:db8::1/128", "Table": 30}]} with input as _host([["up", "ip rule add from 2001:db8::1 table 30"]])
}

test_a_rule_that_is_not_understood_is_left_to_a_person if {
	every line in ["ip rule add from 203.0.113.10 table nowhere", "ip rule add from 203.0.113.10", "ip rule add from 999.0.0.1 table 30", "ip rule add fwmark 0 table 30", "ip rule add pref 1 prio 2 table 30", "ip rule add not from 10.0.0.1 table 30"] {
		count(hook_settings.settings) == 0 with input as _host([["up", line]])
	}
}

test_a_route_in_a_table_with_a_name if {
	_value(_routes) == {[{"Destination": "0.0.0.0/0", "Gateway": "203.0.113.1", "Table": 200}]} with input as object.union(_host([["up", "ip route add default via 203.0.113.1 table uplink2"]]), _tables)
	count(_value(_routes)) == 0 with input as _host([["up", "ip route add default via 203.0.113.1 table uplink2"]])
}

test_more_addresses if {
	option := ["systemd", "network", "networks", "10-vmbr0", "address"]
	_value(option) == {["198.51.100.7/32"]} with input as _host([["up", "ip addr add 198.51.100.7 dev $IFACE"], ["down", "ip addr del 198.51.100.7 dev vmbr0"]])
	_value(option) == {["2001:db8::7/64"]} with input as _host([["up", "ip -6 address add 2001:db8::7/64"]])
	_value(option) == set() with input as _host([["up", "ip addr add 198.51.100.7 dev nowhere0"]])
}

test_a_down_line_that_takes_a_rule_back_is_claimed_with_it if {
	some s in hook_settings.settings with input as _host([["up", "ip rule add from 10.0.0.1 table 30"], ["down", "ip rule del from 10.0.0.1 table 30"]])
	s.at == ["/network/interfaces/0/options/0", "/network/interfaces/0/options/1"]
}
