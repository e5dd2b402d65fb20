package rules.network.spanning_tree_test

import data.lib.network_test
import data.rules.network.spanning_tree

test_fires_for_options_of_mstpd if {
	spanning_tree.findings == {{"at": ["/network/interfaces/0/options/0"], "vars": {"bridge": "vmbr0"}}} with input as network_test.host({"interfaces": [network_test.interface("vmbr0", "bridge", [["mstpctl-treeprio", "4096"]], {})]})
}

_host(stp) := object.union(
	network_test.host({"interfaces": [network_test.interface("vmbr0", "bridge", [["bridge-stp", stp]], {})]}),
	{"packages": [{"name": "mstpd", "status": "installed"}]},
)

test_fires_when_it_is_on if {
	count(spanning_tree.findings) == 1 with input as _host("on")
}

test_silent_when_it_is_off if {
	count(spanning_tree.findings) == 0 with input as _host("off")
}

test_silent_where_the_kernel_does_it_on_pve_too if {
	count(spanning_tree.findings) == 0 with input as object.union(_host("on"), {"packages": [{"name": "mstpd", "status": "config-files"}]})
}
