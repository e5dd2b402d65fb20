package rules.libvirt.ballooning_test

import data.lib.domains_test
import data.rules.libvirt.ballooning

test_fires_where_pve_takes_memory_back if {
	ballooning.findings == {{"at": ["/guests/0/config/0"], "vars": {"vmids": "100"}}} with input as domains_test.vm({"balloon": "2048", "memory": "4096"})
}

test_silent_where_it_does_not if {
	count(ballooning.findings) == 0 with input as domains_test.vm({"balloon": "0", "memory": "4096"})
	count(ballooning.findings) == 0 with input as domains_test.vm({"balloon": "4096", "memory": "4096"})
	count(ballooning.findings) == 0 with input as domains_test.vm({"balloon": "2048", "memory": "4096", "shares": "0"})
}
