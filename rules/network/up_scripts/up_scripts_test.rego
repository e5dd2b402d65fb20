package rules.network.up_scripts_test

import data.lib.network_test
import data.rules.network.up_scripts

_host(packages, support, paths) := object.union(
	network_test.host({"interfaces": [
		network_test.interface("vmbr0", "bridge", [], {"methods": [{"family": "inet", "method": "static"}]}),
		network_test.interface("bond0", "ovs-bond", [], {}),
		network_test.interface("eno9", "physical", [], {"auto": false}),
	]}),
	{
		"packages": [{"name": name, "status": "installed"} | some name in packages],
		"config_files": [{"path": "/etc/network/ifupdown2/ifupdown2.conf", "properties": [{"key": "addon_scripts_support", "value": support, "fields": []}]}],
		"local_files": [{"path": path, "kind": "script", "state": "local"} | some path in paths],
	},
)

_routes := ["/etc/network/if-up.d/static-routes"]

_script := {s.value | some s in up_scripts.settings; s.option == ["systemd", "services", "network-scripts", "script"]}

test_scripts_run_for_each_interface_that_is_up if {
	facts := _host(["ifupdown2"], "1", array.concat(_routes, ["/etc/network/if-pre-up.d/z"]))
	_script == {"if [ -e /sys/class/net/vmbr0 ]; then IFACE=vmbr0 LOGICAL=vmbr0 ADDRFAM=inet METHOD=static MODE=start PHASE=post-up /etc/network/if-pre-up.d/z || true; fi\nif [ -e /sys/class/net/vmbr0 ]; then IFACE=vmbr0 LOGICAL=vmbr0 ADDRFAM=inet METHOD=static MODE=start PHASE=post-up /etc/network/if-up.d/static-routes || true; fi\n"} with input as facts
	{b.at | some b in up_scripts.bridges} == {["/local_files/0", "/local_files/1"]} with input as facts
	{c.path | some c in up_scripts.carries} == {"/etc/network/if-up.d/static-routes", "/etc/network/if-pre-up.d/z"} with input as facts
	count(up_scripts.checks) == 1 with input as facts
}

test_the_predecessor_runs_them_always if {
	count(up_scripts.bridges) == 1 with input as _host(["ifupdown"], "", _routes)
}

test_a_method_that_is_no_word_is_not_told if {
	facts := object.union(_host(["ifupdown2"], "1", _routes), {"network": {"interfaces": [network_test.interface("vmbr0", "bridge", [], {"methods": [{"family": "inet", "method": "x;reboot"}]})]}})
	some text in _script with input as facts
	contains(text, "ADDRFAM=inet METHOD=manual")
}

test_silent_where_ifupdown2_ran_none if {
	count(up_scripts.bridges) == 0 with input as _host(["ifupdown2"], "0", _routes)
	count(up_scripts.bridges) == 0 with input as _host(["ifupdown2", "ifupdown"], "0", _routes)
}

test_filters_and_scripts_of_packages_are_not_run if {
	every path in ["/etc/network/if-up.d/iptables", "/etc/network/if-pre-up.d/load-firewall", "/etc/network/if-up.d/postfix", "/etc/network/if-up.d/a$(id)", "/etc/network/if-down.d/x"] {
		count(up_scripts.bridges) == 0 with input as _host(["ifupdown2"], "1", [path])
	}
}
