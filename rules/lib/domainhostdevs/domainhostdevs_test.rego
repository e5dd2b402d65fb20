package lib.domainhostdevs_test

import data.lib.domainhostdevs

_host(options) := {
	"host": {"name": "a"}, "packages": [], "mappings": [], "hardware": {"pci": []},
	"guests": [{"vmid": 100, "type": "qemu", "local": true, "config": [{"key": "hostpci0", "value": "x", "fields": [{"name": k, "value": v} | some k, v in options]}]}],
}

test_a_card_that_was_not_seen_is_its_first_function if {
	domainhostdevs.pci[100].hostpci0.functions == [{"domain": "0x0001", "bus": "0x0a", "slot": "0x00", "function": "0x0"}] with input as _host({"host": "0001:0A:00"})
}

test_several_addresses if {
	count(domainhostdevs.pci[100].hostpci0.functions) == 2 with input as _host({"host": "01:00.0;02:00.0"})
}

test_other_text_is_no_device if {
	not domainhostdevs.pci[100].hostpci0 with input as _host({"host": "01:00.0 -x"})
}

test_a_file_with_a_path_is_no_rom if {
	not domainhostdevs.rom({"key": "hostpci0", "fields": [{"name": "romfile", "value": "../a.rom"}]})
}
