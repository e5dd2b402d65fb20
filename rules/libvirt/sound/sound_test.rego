package rules.libvirt.sound_test

import data.lib.domains_test
import data.rules.libvirt.sound

_parts(config) := parts if {
	parts := sound.parts with input as domains_test.vm(config) with data.catalog as {"libvirt_slots": {"audio0": {"bus": 2, "slot": 12}}}
}

test_the_card_stays if {
	parts := _parts({"audio0": "device=ich9-intel-hda,driver=spice", "vga": "qxl"})
	domains_test.value(parts, "devices.sounds.audio0").codec == [{"type": "micro"}, {"type": "duplex"}]
	domains_test.value(parts, "devices.sounds.audio0").address.bus == "0x02"
	domains_test.value(parts, "devices.audios.audio0") == {"id": 1, "type": "spice"}
	domains_test.value(_parts({"audio0": "device=AC97,driver=none", "vga": "qxl"}), "devices.audios.audio0").type == "none"
	domains_test.value(_parts({"audio0": "device=AC97"}), "devices.audios.audio0").type == "none"
}

test_an_unknown_card_says_nothing if {
	count(_parts({"audio0": "device=strange"})) == 0
}
