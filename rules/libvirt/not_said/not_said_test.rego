package rules.libvirt.not_said_test

import data.lib.domains_test
import data.rules.libvirt.not_said

_lines(config) := {f.vars.lines | some f in findings} if {
	findings := not_said.findings with input as domains_test.vm(config)
}

test_fires_on_each_of_them if {
	_lines({"freeze": "1", "hotplug": "disk,memory", "keephugepages": "1"}) == {"100 freeze, 100 hotplug, 100 keephugepages"}
	_lines({"agent": "1,type=isa", "watchdog": "i6300esb,action=debug"}) == {"100 agent, 100 watchdog"}
}

test_silent_on_what_is_said if {
	_lines({"agent": "1", "freeze": "0", "hotplug": "disk,network,usb", "keephugepages": "0", "watchdog": "i6300esb,action=reset"}) == set()
}
