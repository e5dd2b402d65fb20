package rules.libvirt.watchdog_test

import data.lib.domains_test
import data.rules.libvirt.watchdog

_value(text) := value if {
	parts := watchdog.parts with input as domains_test.vm({"watchdog": text}) with data.catalog as {"libvirt_slots": {"watchdog": {"bus": 0, "slot": 4}}}
	value := domains_test.value(parts, "devices.watchdog")
}

test_a_watchdog_does_what_it_did if {
	_value("model=i6300esb,action=poweroff").action == "poweroff"
	_value("model=i6300esb,action=poweroff").address.slot == "0x04"
	_value("ib700,action=debug") == {"model": "ib700", "action": "none"}
	_value("i6300esb").action == "reset"
}

test_without_one_there_is_none if {
	count(watchdog.parts) == 0 with input as domains_test.vm({"name": "a"})
}
