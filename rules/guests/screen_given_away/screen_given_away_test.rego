package rules.guests.screen_given_away_test

import data.rules.guests.screen_given_away

_host(address, onboot) := {
	"host": {"name": "pve1"},
	"hardware": {"pci": [{"address": "0000:01:00.0", "class": "030000", "boot_vga": true}, {"address": "0000:02:00.0", "class": "030000"}]},
	"mappings": [],
	"guests": [{"vmid": 118, "type": "qemu", "local": true, "config": [
		{"key": "name", "value": "cad", "fields": []},
		{"key": "hostpci0", "value": "x", "fields": [{"name": "host", "value": address}]},
		{"key": "onboot", "value": onboot, "fields": []},
	]}],
}

test_fires_on_the_card_of_the_firmware if {
	screen_given_away.findings == {{"at": ["/guests/0/config/1"], "vars": {"vmid": 118, "name": "cad"}}} with input as _host("01:00", "1")
}

_first(name) := json.patch(_host("02:00.0", "1"), [{"op": "add", "path": "/guests/0/config/1/fields/-", "value": {"name": name, "value": "1"}}])

test_fires_on_a_first_card_where_the_screen_is_not_known if {
	every name in ["x-vga", "legacy-igd"] {
		count(screen_given_away.findings) == 1 with input as json.patch(_first(name), [{"op": "replace", "path": "/hardware/pci", "value": []}])
	}
}

test_silent_on_a_first_card_that_is_not_the_one_of_the_firmware if {
	count(screen_given_away.findings) == 0 with input as _first("x-vga")
}

test_silent_on_a_card_that_is_dark_from_the_beginning if {
	host := object.union(_host("01:00", "1"), {
		"hardware": {"pci": [{"address": "0000:01:00.0", "class": "030000", "vendor": "10de", "device": "2504", "boot_vga": true}]},
		"system": {"boot": {"kernel_parameters": [{"key": "vfio-pci.ids", "value": "10de:2504"}]}, "modprobe": []},
	})
	count(screen_given_away.findings) == 0 with input as host
}

test_silent_on_another_card if {
	count(screen_given_away.findings) == 0 with input as _host("0000:02:00.0", "1")
}

test_silent_when_it_is_started_by_hand if {
	count(screen_given_away.findings) == 0 with input as _host("01:00", "0")
}
