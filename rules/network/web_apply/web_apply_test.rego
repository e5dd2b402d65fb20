package rules.network.web_apply_test

import data.lib.network_test
import data.rules.network.web_apply

test_fires_where_the_web_interface_stays if {
	count(web_apply.findings) == 1 with input as network_test.host({"interfaces": network_test.bridged}) with data.target as "proxmox"
}

test_silent_where_it_goes if {
	count(web_apply.findings) == 0 with input as network_test.host({"interfaces": network_test.bridged}) with data.target as "incus"
}
