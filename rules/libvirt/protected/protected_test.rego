package rules.libvirt.protected_test

import data.lib.domains_test
import data.rules.libvirt.protected

test_fires_on_protection if {
	protected.findings == {{"at": ["/guests/0/config/0"], "vars": {"vmids": "100"}}} with input as domains_test.vm({"protection": "1"})
}

test_silent_without if {
	count(protected.findings) == 0 with input as domains_test.vm({"protection": "0"})
}
