package rules.libvirt.machine_gone_test

import data.lib.domains_test
import data.rules.libvirt.machine_gone

_findings(config) := findings if {
	findings := machine_gone.findings with input as domains_test.vm(config) with data.release as "25.11" with data.catalog as {"libvirt_qemu": {"25.11": {"newest": "10.1", "oldest": "4.2"}}}
}

test_fires_on_what_qemu_has_dropped if {
	_findings({"machine": "pc-i440fx-2.11"}) == {{"at": ["/guests/0/config/0"], "vars": {"vmid": 100, "machine": "2.11", "oldest": "4.2", "newest": "10.1"}}}
}

test_fires_on_what_qemu_does_not_have_yet if {
	count(_findings({"machine": "pc-q35-10.2"})) == 1
}

test_silent_in_between if {
	count(_findings({"machine": "pc-q35-10.1"})) == 0
	count(_findings({"machine": "pc-i440fx-4.2"})) == 0
	count(_findings({"machine": "q35"})) == 0
}
