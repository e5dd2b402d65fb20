package lib.domainusb_test

import data.lib.domainusb

test_hexadecimal_numbers_may_say_so if {
	domainusb.ids({"key": "usb0", "fields": [{"name": "host", "value": "0x046D:0xC52B"}]}) == "046d:c52b"
}

test_two_devices_of_one_mapping_are_none if {
	not domainusb.ids({"key": "usb0", "fields": [{"name": "mapping", "value": "m"}]}) with input as {"host": {"name": "a"}, "mappings": [{"type": "usb", "id": "m", "properties": [{"key": "map", "fields": [{"name": "node", "value": "a"}, {"name": "id", "value": id}]} | some id in ["0001:0002", "0001:0003"]]}]}
}
