package rules.network.hook_services_test

import data.lib.network_test
import data.rules.network.hook_services

_named(name, kind, lines) := network_test.host({"interfaces": [network_test.interface(name, kind, lines, {})]})

_host(lines) := _named("eno1", "physical", lines)

_value(unit, option) := {s.value | some s in hook_services.settings; s.option == array.concat(["systemd", "services", unit], option)}

_closes := {id | some b in hook_services.bridges; some id in b.params.closes}

_start(topic) := {s | some s in _value(sprintf("network-eno1-%s", [topic]), ["serviceConfig", "ExecStart"])}

_ethtool(words) := {"_concat": ["-", {"_ref": ["pkgs", "ethtool"]}, sprintf("/bin/ethtool %s", [words])]}

test_the_card_is_set_up_by_a_service_of_its_device if {
	facts := _host([["post-up", "/sbin/ethtool -K $IFACE tso off gso off"], ["post-up", "ethtool -G eno1 rx 4096 || true"], ["post-down", "ethtool -K eno1 tso on"]])
	_start("hardware") == {[_ethtool("-K eno1 tso off gso off"), _ethtool("-G eno1 rx 4096")]} with input as facts
	_value("network-eno1-hardware", ["serviceConfig", "ExecStop"]) == {[_ethtool("-K eno1 tso on")]} with input as facts
	_value("network-eno1-hardware", ["bindsTo"]) == {["sys-subsystem-net-devices-eno1.device"]} with input as facts
	_value("network-eno1-hardware", ["restartIfChanged"]) == {false} with input as facts
	_value("network-eno1-hardware", ["before"]) == {["incus.service", "libvirtd.service", "pve-guests.service"]} with input as facts
	{b.at | some b in hook_services.bridges} == {["/network/interfaces/0/options/0", "/network/interfaces/0/options/1", "/network/interfaces/0/options/2"]} with input as facts
	_closes == {"PVE-NET-009"} with input as facts
	{c.params.unit | some c in hook_services.checks} == {"network-eno1-hardware.service"} with input as facts
}

test_values_for_the_kernel if {
	_start("hardware") == {[{"_concat": ["-", {"_ref": ["pkgs", "runtimeShell"]}, ` -c "echo 4 > /sys/class/net/eno1/device/sriov_numvfs"`]}]} with input as _host([["post-up", "echo 4 > /sys/class/net/eno1/device/sriov_numvfs"]])
}

test_a_name_with_a_dash_is_a_device_of_systemd if {
	_value("network-my-br-hardware", ["after"]) == {[`sys-subsystem-net-devices-my\x2dbr.device`, "systemd-networkd.service"]} with input as _named("my-br", "bridge", [["up", "ethtool -K my-br tx off"]])
}

test_commands_that_networkd_does_not_look_after if {
	_start("other") == {[
		{"_concat": ["-", {"_ref": ["pkgs", "iproute2"]}, "/bin/ip link set mtu 9000 dev eno1"]},
		{"_concat": ["-", {"_ref": ["pkgs", "iproute2"]}, "/bin/ip link set dev eno1 vf 0 vlan 20 trust on"]},
		{"_concat": ["-", {"_ref": ["pkgs", "iproute2"]}, "/bin/tc qdisc add dev eno1 root tbf rate 100mbit burst 32kbit latency 400ms"]},
		{"_concat": ["-", {"_ref": ["pkgs", "iproute2"]}, "/bin/bridge fdb add 52:54:00:00:00:01 dev eno1 self permanent"]},
		{"_concat": ["-", {"_ref": ["pkgs", "iproute2"]}, "/bin/bridge link set dev eno1 isolated on"]},
		{"_concat": ["-", {"_ref": ["pkgs", "kmod"]}, "/bin/modprobe nf_nat_ftp"]},
		{"_concat": ["-", {"_ref": ["pkgs", "iproute2"]}, "/bin/devlink dev eswitch set pci/0000:01:00.0 mode switchdev"]},
	]} with input as _host([
		["pre-up", "( ip link set mtu 9000 dev eno1 && ip link set dev eno1 vf 0 vlan 20 trust on )"],
		["up", "tc qdisc add dev eno1 root tbf rate 100mbit burst 32kbit latency 400ms"],
		["up", "bridge fdb add 52:54:00:00:00:01 dev eno1 self permanent; bridge link set dev eno1 isolated on"],
		["up", "modprobe nf_nat_ftp && devlink dev eswitch set pci/0000:01:00.0 mode switchdev"],
	])
		with data.lib.hooks.topic as _topic_other
}

_topic_other(_) := "other"

test_what_takes_the_network_down_is_not_run if {
	every line in [
		"ip link set eno1 down", "ip addr flush dev eno1", "ip link set eno1 master vmbr9", "ip route flush cache", "ifdown eno1",
		"echo 0000:01:00.0 > /sys/bus/pci/devices/0000:01:00.0/driver/unbind", "echo 1 > /sys/class/net/../../remove", "reboot",
	] {
		count(hook_services.settings) == 0 with input as _host([["up", line]])
	}
}

test_text_of_a_shell_is_not_run if {
	every line in [
		"ethtool -K eno1 tso off > /tmp/x", "ethtool -K eno1 $(id) off", "ethtool -K eno1 tso off & reboot", "ethtool -K eno1 tso%n off",
		"ethtool -K eno1 ${HOME} off", "ethtool -K eno1 `id` off", `ethtool -K eno1 "a b" off`, `ethtool -K eno1 a\x20b off`, "tc qdisc add dev eno1 root 'x",
	] {
		count(hook_services.settings) == 0 with input as _host([["up", line]])
	}
}

test_one_command_that_is_not_known_keeps_back_its_topic if {
	count(hook_services.bridges) == 0 with input as _host([["up", "ethtool -K eno1 tso off"], ["up", "ethtool --flash eno1 image"]])
	_closes == {"PVE-NET-009"} with input as _host([["up", "ethtool -K eno1 tso off"], ["up", "/opt/unknown"]])
}

_filter := "iptables -t nat -A PREROUTING -i vmbr0 -p tcp -m multiport --dports 80,443 -j DNAT --to 10.10.0.20"

test_a_filter_is_loaded_as_a_whole if {
	facts := _host([["post-up", _filter], ["post-up", "iptables -A FORWARD -i eno1 -p tcp --tcp-flags SYN,RST SYN -j TCPMSS --clamp-mss-to-pmtu"], ["post-down", replace(_filter, "-A PREROUTING", "-D PREROUTING")]])
	some start in _start("filter") with input as facts
	count(start) == 2
	start[0] == {"_concat": ["-", {"_ref": ["pkgs", "iptables"]}, sprintf("/bin/%s", [_filter])]}
	_closes == {"PVE-NET-008"} with input as facts
	_value("network-eno1-filter", ["after"]) == {["sys-subsystem-net-devices-eno1.device", "systemd-networkd.service", "nftables.service"]} with input as facts
}

test_half_a_filter_is_none if {
	every line in [
		"iptables -P INPUT DROP", "iptables -F", "iptables -A MINE -j DROP", "iptables -A FORWARD -j mine", "iptables -A FORWARD -j MINE",
		"iptables -A FORWARD -m set --match-set x src -j DROP", "nft -f /etc/own.nft", "iptables -A INPUT -j DROP", "iptables -A OUTPUT -p tcp --dport 80 -j DROP",
		"iptables -A INPUT -p tcp --dport 22 -j DROP", "iptables -A INPUT -p tcp -m multiport --dports 80,8006 -j REJECT", "iptables -t raw -A PREROUTING -j DROP",
		"iptables -A INPUT -p tcp --dport 1:65535 -j DROP", "iptables -t nat -A POSTROUTING -m comment --comment 'a b' -j MASQUERADE",
	] {
		count(hook_services.settings) == 0 with input as _host([["up", _filter], ["up", line]])
	}
}

test_a_filter_of_another_interface_counts if {
	facts := network_test.host({"interfaces": [
		network_test.interface("eno1", "physical", [["up", _filter]], {}),
		network_test.interface("eno2", "physical", [["up", "nft add rule x"]], {}),
	]})
	count(hook_services.settings) == 0 with input as facts
}

test_a_refusal_that_leaves_the_ways_in_is_loaded if {
	every line in ["iptables -A INPUT -p tcp --dport 111 -j DROP", "ip6tables -I FORWARD 1 -i eno1 -j DROP", "iptables -t mangle -A PREROUTING -j MARK --set-mark 1", "iptables -t raw -A PREROUTING -j CT --zone 1"] {
		_closes == {"PVE-NET-008"} with input as _host([["up", line]])
	}
}

test_a_script_of_the_host_is_carried if {
	facts := object.union(_host([["post-up", "/etc/network/nat-forward start $IFACE"]]), {"local_files": [{"path": "/etc/network/nat-forward", "kind": "script", "state": "local"}]})
	_start("other") == {["-/etc/network/nat-forward start eno1"]} with input as facts
	_value("network-eno1-other", ["environment"]) == {{"IFACE": "eno1", "LOGICAL": "eno1", "MODE": "start", "PHASE": "post-up"}} with input as facts
	hook_services.carries == {{"at": ["/local_files/0"], "path": "/etc/network/nat-forward", "to": "/etc/network/nat-forward", "mode": "0755", "secret": true}} with input as facts
	_closes == {"PVE-NET-007"} with input as facts
}

test_a_script_that_is_not_in_the_capture_is_not_run if {
	count(hook_services.settings) == 0 with input as _host([["post-up", "/etc/network/nat-forward start $IFACE"]])
	count(hook_services.settings) == 0 with input as object.union(_host([["post-up", "/etc/network/nat-forward `id`"]]), {"local_files": [{"path": "/etc/network/nat-forward", "kind": "script", "state": "local"}]})
}

test_a_bond_of_open_vswitch_has_no_device if {
	count(hook_services.settings) == 0 with input as _named("bond0", "ovs-bond", [["pre-up", "ethtool -K eno1 tso off"]])
}

test_settings_of_the_card if {
	facts := _host([
		["link-speed", "25000"], ["link-duplex", "full"], ["link-autoneg", "off"], ["rx-vlan-filter", "off"], ["gro-offload", "on"], ["offload-tso", "off"],
		["generic-receive-offload", "off"], ["link-fec", "rs"], ["link-lanes", "4"], ["ethernet-wol", "g"], ["ethernet-port", "tp"],
		["ethernet-pause-rx", "on"], ["hardware-dma-ring-rx", "4096"], ["hardware-irq-coalesce-rx-usecs", "8"],
	])
	_start("link") == {[
		_ethtool("-s eno1 speed 25000 duplex full autoneg off"), _ethtool("-K eno1 rx-vlan-filter off"), _ethtool("-K eno1 gro on"), _ethtool("-K eno1 tso off"),
		_ethtool("-K eno1 gro off"), _ethtool("--set-fec eno1 encoding rs"), _ethtool("-s eno1 lanes 4"), _ethtool("-s eno1 wol g"), _ethtool("-s eno1 port tp"),
		_ethtool("-A eno1 rx on"), _ethtool("-G eno1 rx 4096"), _ethtool("-C eno1 rx-usecs 8"),
	]} with input as facts
	_closes == {"PVE-NET-043"} with input as facts
}

test_a_setting_of_the_card_that_is_not_known_keeps_back_all if {
	count(hook_services.bridges) == 0 with input as _host([["link-speed", "25000"], ["gro-offload", "$(id)"]])
	count(hook_services.bridges) == 0 with input as _host([["link-autoneg", "on"]])
}
