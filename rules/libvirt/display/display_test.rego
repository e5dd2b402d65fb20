package rules.libvirt.display_test

import data.lib.domains_test
import data.rules.libvirt.display

_slots := {"libvirt_slots": {"vga": {"bus": 0, "slot": 2}, "spice": {"bus": 0, "slot": 9}, "vga1": {"bus": 0, "slot": 24}}}

_parts(config) := parts if {
	parts := display.parts with input as domains_test.vm(config) with data.catalog as _slots
}

test_the_usual_card_has_vnc if {
	parts := _parts({"ostype": "l26", "keyboard": "de"})
	domains_test.value(parts, "devices.videos.vga").model == {"type": "vga", "primary": true}
	domains_test.value(parts, "devices.videos.vga").address.slot == "0x02"
	domains_test.value(parts, "devices.graphics.vnc") == {"type": "vnc", "autoport": true, "listens": [{"type": "address", "address": "127.0.0.1"}], "keymap": "de"}
	domains_test.value(parts, "devices.inputs.tablet") == {"type": "tablet", "bus": "usb"}
	not domains_test.value(parts, "devices.graphics.spice")
}

test_on_q35_it_is_on_the_root_bus if {
	domains_test.value(_parts({"machine": "q35"}), "devices.videos.vga").address.slot == "0x01"
}

test_spice_has_channels if {
	parts := _parts({"vga": "qxl,memory=32", "spice_enhancements": "foldersharing=1,videostreaming=all"})
	domains_test.value(parts, "devices.videos.vga").model == {"type": "qxl", "vgamem": 32768, "ram": 131072, "vram": 65536, "primary": true}
	domains_test.value(parts, "devices.graphics.spice").streaming == {"mode": "all"}
	domains_test.value(parts, "devices.channels.vdagent").type == "spicevmc"
	domains_test.value(parts, "devices.channels.webdav.address") == {"type": "virtio-serial", "controller": "0", "bus": "0", "port": "2"}
	domains_test.value(parts, "devices.controllers.spice").index == 0
	domains_test.value(_parts({"agent": "1", "vga": "qxl"}), "devices.controllers.spice").index == 1
	domains_test.value(parts, "devices.channels.webdav").source == {"channel": "org.spice-space.webdav.0"}
	not domains_test.value(parts, "devices.inputs.tablet")
	domains_test.value(_parts({"vga": "qxl"}), "devices.videos.vga").model == {"type": "qxl", "primary": true}
}

test_several_screens if {
	domains_test.value(_parts({"vga": "qxl2", "ostype": "win10"}), "devices.videos.vga1").address.slot == "0x18"
	linux := _parts({"vga": "qxl2", "ostype": "l26"})
	not domains_test.value(linux, "devices.videos.vga1")
	domains_test.value(linux, "devices.videos.vga").model.heads == 4
}

test_virtio_can_render_on_the_host if {
	parts := _parts({"vga": "virtio-gl"})
	domains_test.value(parts, "devices.videos.vga").model.acceleration == {"accel3d": true}
	domains_test.value(parts, "devices.graphics.egl") == {"type": "egl-headless"}
	domains_test.value(_parts({"vga": "virtio"}), "devices.videos.vga").model == {"type": "virtio", "primary": true}
}

test_a_clipboard_needs_no_spice if {
	parts := _parts({"vga": "std,memory=16,clipboard=vnc"})
	domains_test.value(parts, "devices.channels.vdagent").clipboard == {"copypaste": true}
	domains_test.value(parts, "devices.videos.vga").model == {"type": "vga", "vram": 16384, "primary": true}
}

test_a_serial_display_is_none if {
	parts := _parts({"vga": "serial0"})
	domains_test.value(parts, "devices.videos.vga.model") == {"type": "none"}
	count([p | some p in parts; p.path[1] in {"channels", "graphics", "inputs"}]) == 0
	domains_test.value(_parts({"vga": "serial0", "tablet": "1"}), "devices.inputs.tablet").bus == "usb"
}
