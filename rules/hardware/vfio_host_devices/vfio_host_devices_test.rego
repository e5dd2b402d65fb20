package rules.hardware.vfio_host_devices_test

import data.rules.hardware.vfio_host_devices

_device(address, class, driver) := {"address": address, "class": class, "vendor": "1000", "device": "0097", "driver": driver}

_host(devices) := {
	"system": {
		"boot": {"kernel_parameters": [{"key": "vfio-pci.ids", "value": "10de:2504,1000:0097"}]},
		"modprobe": [],
	},
	"hardware": {"pci": devices},
}

test_fires_on_the_twin_that_the_host_uses if {
	host := _host([_device("0000:01:00.0", "010700", "vfio-pci"), _device("0000:02:00.0", "010700", "mpt3sas")])
	vfio_host_devices.findings == {{
		"at": ["/hardware/pci/1"],
		"vars": {"devices": "0000:02:00.0", "drivers": "mpt3sas"},
	}} with input as host
}

test_fires_on_ids_of_modprobe if {
	host := {
		"system": {"boot": {"kernel_parameters": []}, "modprobe": [{"key": "options vfio-pci", "value": "disable_vga=1 ids=1000:0097"}]},
		"hardware": {"pci": [_device("0000:02:00.0", "020000", "igc")]},
	}
	count(vfio_host_devices.findings) == 1 with input as host
}

test_silent_where_all_are_bound if {
	count(vfio_host_devices.findings) == 0 with input as _host([_device("0000:01:00.0", "010700", "vfio-pci")])
}

test_silent_on_a_card_without_driver if {
	count(vfio_host_devices.findings) == 0 with input as _host([_device("0000:01:00.0", "010700", "")])
}

test_silent_on_sound if {
	count(vfio_host_devices.findings) == 0 with input as _host([_device("0000:01:00.1", "040300", "snd_hda_intel")])
}

test_reads_ids_with_a_subsystem if {
	host := {
		"system": {"boot": {"kernel_parameters": [{"key": "vfio-pci.ids", "value": "1000:0097:1000:3090"}]}, "modprobe": []},
		"hardware": {"pci": [_device("0000:02:00.0", "010700", "mpt3sas")]},
	}
	count(vfio_host_devices.findings) == 1 with input as host
}
