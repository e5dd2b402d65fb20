package rules.guests.graphics_test

import data.rules.guests.graphics

_host(type) := {"guests": [{"vmid": 100, "type": "qemu", "local": true, "config": [{"key": "vga", "value": type, "fields": [{"name": "type", "value": type}]}]}]}

test_an_accelerated_display_needs_drivers if {
	graphics.settings == {{"at": ["/guests/0/config/0"], "option": ["hardware", "graphics", "enable"], "value": true}} with input as _host("virtio-gl")
}

test_silent_on_a_plain_display if {
	count(graphics.settings) == 0 with input as _host("virtio")
}
