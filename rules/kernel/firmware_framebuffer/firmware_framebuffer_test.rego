package rules.kernel.firmware_framebuffer_test

import data.rules.kernel.firmware_framebuffer

_host(parameters, key) := {
	"system": {"boot": {"kernel_parameters": parameters}},
	"guests": [{"vmid": 100, "local": true, "config": [{"key": key, "value": "0000:01:00,x-vga=1"}]}],
}

_video := {"key": "video", "value": "efifb:off,vesafb:off"}

test_fires_on_the_old_words if {
	firmware_framebuffer.findings == {{
		"at": ["/system/boot/kernel_parameters/0"],
		"vars": {"words": "video=efifb:off,vesafb:off"},
	}} with input as _host([_video], "hostpci0")
}

test_silent_with_the_word_that_works if {
	count(firmware_framebuffer.findings) == 0 with input as _host([_video, {"key": "initcall_blacklist", "value": "sysfb_init"}], "hostpci0")
}

test_silent_without_passthrough if {
	count(firmware_framebuffer.findings) == 0 with input as _host([_video], "net0")
}

test_silent_on_a_resolution if {
	count(firmware_framebuffer.findings) == 0 with input as _host([{"key": "video", "value": "HDMI-A-1:1280x720"}], "hostpci0")
}
