package rules.firewall.state_unknown_test

import data.lib.network_test
import data.rules.firewall.state_unknown

test_fires_when_the_files_were_not_read if {
	count(state_unknown.findings) == 1 with input as network_test.files_only({"interfaces": network_test.bridged})
}

test_silent_when_there_are_none if {
	count(state_unknown.findings) == 0 with input as network_test.host({"interfaces": network_test.bridged})
}

test_fires_where_the_network_was_not_read_either if {
	count(state_unknown.findings) == 1 with input as object.union(network_test.files_only({}), {"packages": [{"name": "pve-firewall", "version": "5.1.2", "arch": "amd64", "status": "installed", "auto": true}]})
}

test_silent_on_a_snapshot_of_nothing if {
	count(state_unknown.findings) == 0 with input as network_test.files_only({})
}
