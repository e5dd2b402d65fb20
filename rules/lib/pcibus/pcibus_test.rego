package lib.pcibus_test

import data.lib.pcibus

_host(config) := {"host": {"name": "a"}, "mappings": [], "packages": [], "guests": [{"vmid": 100, "type": "qemu", "local": true, "config": config}]}

_catalog := {"libvirt_slots": {"net7": {"bus": 1, "slot": 2}}}

test_buses_of_an_i440fx_keep_their_number if {
	pcibus.address(100, "net7") == {"type": "pci", "domain": "0x0000", "bus": "0x01", "slot": "0x02", "function": "0x0"} with input as _host([]) with data.catalog as _catalog
}

test_buses_of_a_q35_come_after_the_ports if {
	pcibus.address(100, "net7").bus == "0x07" with input as _host([{"key": "machine", "value": "q35", "fields": [{"name": "type", "value": "q35"}]}]) with data.catalog as _catalog
}

test_names_without_a_slot if {
	not pcibus.address(100, "hostpci0") with input as _host([]) with data.catalog as _catalog
}

test_arm_has_none if {
	not pcibus.address(100, "net7") with input as _host([{"key": "arch", "value": "aarch64", "fields": []}]) with data.catalog as _catalog
}
