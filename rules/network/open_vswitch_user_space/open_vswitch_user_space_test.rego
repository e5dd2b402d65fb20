package rules.network.open_vswitch_user_space_test

import data.lib.network_test
import data.rules.network.open_vswitch_user_space

_host(datapath, options) := network_test.host({"ovs": {"options": options, "bridges": [{"name": "vmbr1", "ports": ["vmbr1"], "datapath": datapath}]}})

test_fires_for_the_datapath if {
	open_vswitch_user_space.findings == {{"at": ["/network/ovs/bridges/0"], "vars": {"bridges": "vmbr1", "reason": "without DPDK"}}} with input as _host("netdev", [])
}

test_names_dpdk if {
	open_vswitch_user_space.findings == {{"at": ["/network/ovs/bridges/0", "/network/ovs/options/0"], "vars": {"bridges": "vmbr1", "reason": "with DPDK"}}} with input as _host("netdev", [{"key": "other_config.dpdk-init", "value": "true"}])
}

test_silent_in_the_kernel if {
	count(open_vswitch_user_space.findings) == 0 with input as _host("system", [{"key": "other_config.dpdk-init", "value": "true"}])
}
