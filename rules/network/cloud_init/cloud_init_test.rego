package rules.network.cloud_init_test

import data.lib.network_test
import data.rules.network.cloud_init

_host(source, state) := object.union(
	network_test.host({"interfaces": [network_test.interface("eth0", "physical", [], {"source": source})]}),
	{"units": [{"name": "cloud-init.service", "file_state": state}]},
)

test_fires_for_a_file_of_cloud_init if {
	cloud_init.findings == {{"at": ["/network/interfaces/0"], "vars": {"interfaces": "eth0"}}} with input as _host("/etc/network/interfaces.d/50-cloud-init:7", "enabled")
}

test_silent_where_cloud_init_is_off if {
	count(cloud_init.findings) == 0 with input as _host("/etc/network/interfaces.d/50-cloud-init:7", "disabled")
}

test_silent_for_another_file if {
	count(cloud_init.findings) == 0 with input as _host("/etc/network/interfaces:7", "enabled")
}
