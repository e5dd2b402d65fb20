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

test_a_unit_moves_the_balloon if {
	host := domains_test.vm({"balloon": "2048", "memory": "4096", "name": "web"})
	said := {s.option[3]: s.value | some s in ballooning.settings} with input as host
	endswith(said.script, "\n  aim web 2097152 4194304\ndone\n")
	contains(said.script, "\n  step=$(((available - total / 5) / 1))\n")
	said.path == [{"_ref": ["pkgs", "libvirt"]}]
	count(ballooning.settings) == 0 with input as domains_test.vm({"balloon": "0", "memory": "4096"})
}
