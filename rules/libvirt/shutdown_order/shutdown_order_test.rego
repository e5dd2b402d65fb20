package rules.libvirt.shutdown_order_test

import data.lib.domains_test
import data.rules.libvirt.shutdown_order

test_fires_on_an_order if {
	shutdown_order.findings == {{"at": ["/guests/0/config/0"], "vars": {"vmids": "100", "seconds": 300}}} with input as domains_test.vm({"startup": "order=1,down=300"})
}

test_silent_without_an_order if {
	count(shutdown_order.findings) == 0 with input as domains_test.vm({"startup": "up=30"})
	count(shutdown_order.findings) == 0 with input as domains_test.vm({"name": "a"})
}
