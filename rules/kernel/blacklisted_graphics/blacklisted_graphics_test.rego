package rules.kernel.blacklisted_graphics_test

import data.rules.kernel.blacklisted_graphics

_host(key, device, line) := {
	"capture": {"areas": [{"name": "guests", "status": "known"}]},
	"system": {"modprobe": [{"key": line, "value": ""}]},
	"hardware": {"pci": [device]},
	"guests": [{"vmid": 100, "local": true, "config": [{"key": key, "value": "x"}]}],
}

_card := {"address": "0000:01:00.0", "class": "030000", "vendor": "10de"}

test_fires_where_no_guest_has_a_device if {
	blacklisted_graphics.findings == {{
		"at": ["/system/modprobe/0"],
		"vars": {"lines": "blacklist nouveau", "card": "0000:01:00.0"},
	}} with input as _host("net0", _card, "blacklist nouveau")
}

test_silent_where_a_guest_has_one if {
	count(blacklisted_graphics.findings) == 0 with input as _host("hostpci0", _card, "blacklist nouveau")
}

test_silent_where_another_driver_has_the_card if {
	count(blacklisted_graphics.findings) == 0 with input as _host("net0", object.union(_card, {"driver": "nvidia"}), "blacklist nouveau")
}

test_silent_on_the_line_of_pve_itself if {
	count(blacklisted_graphics.findings) == 0 with input as _host("net0", _card, "blacklist nvidiafb")
}
