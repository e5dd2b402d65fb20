package rules.network.open_vswitch_controlled_test

import data.lib.network_test
import data.rules.network.open_vswitch_controlled

_host(state) := network_test.host({
	"interfaces": [network_test.interface("vmbr1", "ovs-bridge", [], {})],
	"ovs": {"options": [], "bridges": [object.union({"name": "vmbr1", "ports": ["vmbr1"], "controllers": []}, state)]},
})

test_fires_for_a_controller if {
	open_vswitch_controlled.findings == {{"at": ["/network/interfaces/0", "/network/ovs/bridges/0"], "vars": {"bridge": "vmbr1", "controllers": "ssl:192.0.2.80:6653", "mode": "standalone"}}} with input as _host({"controllers": ["ssl:192.0.2.80:6653"]})
}

test_fires_for_the_mode_alone if {
	open_vswitch_controlled.findings == {{"at": ["/network/interfaces/0", "/network/ovs/bridges/0"], "vars": {"bridge": "vmbr1", "controllers": "a program on this host", "mode": "secure"}}} with input as _host({"fail_mode": "secure"})
}

test_silent_for_a_plain_switch if {
	count(open_vswitch_controlled.findings) == 0 with input as _host({"fail_mode": "standalone"})
}

test_silent_for_one_that_is_named if {
	count(open_vswitch_controlled.findings) == 0 with input as _host({"controllers": ["tcp:192.0.2.80:6653"], "fail_mode": "secure"})
}
