package rules.libvirt.agent_test

import data.lib.domains_test
import data.rules.libvirt.agent

test_the_agent_has_a_channel if {
	parts := agent.parts with input as domains_test.vm({"agent": "1,fstrim_cloned_disks=1"}) with data.catalog as {"libvirt_slots": {"qga0": {"bus": 0, "slot": 8}}}
	domains_test.value(parts, "devices.channels.agent").target.name == "org.qemu.guest_agent.0"
	domains_test.value(parts, "devices.controllers.qga0").address.slot == "0x08"
}

test_a_guest_without_it_has_none if {
	count(agent.parts) == 0 with input as domains_test.vm({"agent": "0"})
}
