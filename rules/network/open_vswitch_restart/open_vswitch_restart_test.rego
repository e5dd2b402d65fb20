package rules.network.open_vswitch_restart_test

import data.lib.network_test
import data.rules.network.open_vswitch_restart

test_fires_for_a_switch if {
	{f.vars.bridges | some f in open_vswitch_restart.findings} == {"vmbr0"} with input as network_test.host({"interfaces": [network_test.interface("vmbr0", "ovs-bridge", [], {})]})
}

test_silent_for_a_linux_bridge if {
	count(open_vswitch_restart.findings) == 0 with input as network_test.host({"interfaces": network_test.bridged})
}
