package rules.network.open_vswitch_test

import data.lib.network_test
import data.rules.network.open_vswitch

_bridge(lines, over) := network_test.interface("vmbr0", "ovs-bridge", array.concat([["ovs-type", "OVSBridge"], ["ovs-ports", "x"]], lines), object.union({"ports": ["eno1", "bond0", "vlan50"]}, over))

_host(bridge_lines) := network_test.host({"interfaces": [
	_bridge(bridge_lines, {}),
	network_test.interface("eno1", "ovs-port", [["ovs-type", "OVSPort"], ["ovs-bridge", "vmbr0"], ["ovs-options", "trunks=10,20 vlan_mode=trunk"]], {"ovs_bridge": "vmbr0"}),
	network_test.interface("bond0", "ovs-bond", [["ovs-bonds", "eno2 eno3"], ["ovs-options", "bond_mode=balance-tcp lacp=active"]], {"ovs_bridge": "vmbr0", "slaves": ["eno2", "eno3"]}),
	network_test.interface("vlan50", "ovs-int-port", [["ovs-options", "tag=50"]], {"ovs_bridge": "vmbr0"}),
]})

_value(path) := {s.value | some s in open_vswitch.settings; s.option == array.concat(["networking", "vswitches", "vmbr0"], path)}

test_ports_tags_and_bonds if {
	facts := _host([])
	_value(["interfaces", "vlan50", "type"]) == {"internal"} with input as facts
	_value(["interfaces", "vlan50", "vlan"]) == {50} with input as facts
	_value(["interfaces", "eno1"]) == {{}} with input as facts
	_value(["interfaces", "bond0"]) == set() with input as facts
	_value(["extraOvsctlCmds"]) == {"add-bond vmbr0 bond0 eno2 eno3 bond_mode=balance-tcp lacp=active\nset port eno1 trunks=10,20 vlan_mode=trunk"} with input as facts
}

test_assignments_of_ovs_extra_are_taken_and_nothing_else if {
	text := {v | some v in _value(["extraOvsctlCmds"])} with input as _host([["ovs-extra", "set bridge ${IFACE} stp_enable=true"]])
	every v in text {
		contains(v, "set bridge vmbr0 stp_enable=true")
	}
	count(text) == 1
	every bad in ["set bridge vmbr0 x=$(reboot)", "del-br vmbr0", "set bridge vmbr0 a=b; reboot", "set bridge vmbr0 a=b\ndel-br vmbr0"] {
		every v in _value(["extraOvsctlCmds"]) {
			not contains(v, "reboot")
			not contains(v, "del-br")
		} with input as _host([["ovs-extra", bad]])
		not "/network/interfaces/0/options/2" in {p | some s in open_vswitch.settings; some p in s.at} with input as _host([["ovs-extra", bad]])
	}
}

test_options_with_a_strange_word_are_not_claimed if {
	facts := network_test.host({"interfaces": [
		_bridge([], {"ports": ["eno1"]}),
		network_test.interface("eno1", "ovs-port", [["ovs-options", "tag=5 -- del-br vmbr0"]], {"ovs_bridge": "vmbr0"}),
	]})
	_value(["interfaces", "eno1", "vlan"]) == {5} with input as facts
	_value(["extraOvsctlCmds"]) == set() with input as facts
	not "/network/interfaces/1/options/0" in {p | some s in open_vswitch.settings; some p in s.at} with input as facts
}

test_addresses_and_sizes_are_pinned if {
	facts := object.union(
		network_test.host({"interfaces": [_bridge([], {"ports": [], "mtu": 9000})]}),
		{"network": {"links": [network_test.card("vmbr0", "3c:ec:ef:00:00:01", {"kind": "openvswitch"})]}},
	)
	_value(["extraOvsctlCmds"]) == {`set bridge vmbr0 other-config:hwaddr=\"3c:ec:ef:00:00:01\"
set interface vmbr0 mtu_request=9000`} with input as facts
}

test_a_linux_bridge_needs_no_switch if {
	count(open_vswitch.settings) == 0 with input as network_test.host({"interfaces": network_test.bridged})
}

_ruled(over) := network_test.host({
	"interfaces": [network_test.interface("vmbr7", "ovs-bridge", [], {})],
	"ovs": {"options": [], "bridges": [object.union({"name": "vmbr7", "ports": ["vmbr7"], "controllers": ["tcp:192.0.2.80:6653"]}, over)]},
})

test_the_controller_of_a_bridge if {
	{s.value | some s in open_vswitch.settings; s.option == ["networking", "vswitches", "vmbr7", "controllers"]} == {["tcp:192.0.2.80:6653"]} with input as _ruled({})
	{s.value | some s in open_vswitch.settings; s.option == ["networking", "vswitches", "vmbr7", "extraOvsctlCmds"]} == {"set-fail-mode vmbr7 secure"} with input as _ruled({"fail_mode": "secure"})
}

test_controllers_that_the_module_has_not if {
	every list in [[], ["tcp:192.0.2.80:6653", "tcp:192.0.2.81:6653"], ["ssl:192.0.2.80:6653"], ["tcp:$(id)"]] {
		count([1 | some s in open_vswitch.settings; s.option[3] == "controllers"]) == 0 with input as _ruled({"controllers": list})
	}
}

test_several_assignments_of_one_line if {
	{s.value | some s in open_vswitch.settings; s.option == ["networking", "vswitches", "vmbr7", "extraOvsctlCmds"]} == {"set bridge vmbr7 rstp_enable=true\nset interface vmbr7 mtu_request=9000"} with input as _extra("set bridge ${IFACE} rstp_enable=true -- set interface $IFACE mtu_request=9000")
	count([1 | some s in open_vswitch.settings; s.option[3] == "extraOvsctlCmds"]) == 0 with input as _extra("set bridge vmbr7 rstp_enable=true -- --id=@p get port eno3")
}

_extra(text) := network_test.host({"interfaces": [network_test.interface("vmbr7", "ovs-bridge", [["ovs-extra", text]], {})]})

_mirrored(lines) := network_test.host({"interfaces": [
	network_test.interface("vmbr1", "ovs-bridge", lines, {"ports": ["eno3"]}),
	network_test.interface("eno3", "ovs-port", [["ovs-type", "OVSPort"]], {"ovs_bridge": "vmbr1"}),
]})

_commands := {v | some s in open_vswitch.settings; s.option == ["networking", "vswitches", "vmbr1", "extraOvsctlCmds"]; some v in split(s.value, "\n")}

_mirror := "-- --id=@p get port eno3 -- --id=@m create mirror name=span0 output-port=@p -- set bridge ${IFACE} mirrors=@m"

test_a_mirror_is_made_with_its_bridge if {
	{"--id=@p get port eno3", "--id=@m create mirror name=span0 output-port=@p", "set bridge vmbr1 mirrors=@m"} - _commands == set() with input as _mirrored([["ovs-extra", _mirror]])
}

test_a_limit_is_made_with_its_port if {
	found := _commands with input as _mirrored([["ovs-extra", "set port eno3 qos=@q -- --id=@q create qos type=linux-htb other-config:max-rate=1000000 queues=0=@a -- --id=@a create queue other-config:max-rate=500000"]])
	"set port eno3 qos=@q" in found
}

test_a_record_that_would_undo_the_bridge_is_left_out if {
	every lines in [
		[["ovs-extra", "-- --id=@p get port tap100i0 -- --id=@m create mirror name=s output-port=@p -- set bridge vmbr1 mirrors=@m"]],
		[["ovs-extra", "-- --id=@m create netflow targets=x -- set bridge vmbr1 netflow=@m"]],
		[["ovs-extra", "-- --id=@m create mirror name=$(reboot) -- set bridge vmbr1 mirrors=@m"]],
		[["ovs-extra", "-- --id=@m create mirror name=s -- set bridge vmbr9 mirrors=@m"]],
		[["ovs-extra", _mirror], ["ovs-extra", _mirror]],
	] {
		{c | some c in _commands; contains(c, "@")} == set() with input as _mirrored(lines)
	}
}
