package rules.storage.guest_groups_test

import data.rules.storage.guest_groups

_host(devices) := {"storage": {"volume_groups": [{"name": "ubuntu-vg", "physical_volumes": devices}]}}

test_fires_on_a_zvol if {
	guest_groups.findings == {{"at": ["/storage/volume_groups/0"], "vars": {"name": "ubuntu-vg", "devices": "/dev/zd16p3"}}} with input as _host(["/dev/zd16p3"])
}

test_fires_on_a_volume_of_a_guest if {
	count(guest_groups.findings) == 1 with input as _host(["/dev/mapper/pve-vm--100--disk--0p3"])
}

test_silent_on_a_disk_of_the_host if {
	count(guest_groups.findings) == 0 with input as _host(["/dev/sda3"])
}

test_silent_when_the_devices_are_unknown if {
	count(guest_groups.findings) == 0 with input as _host([])
}
