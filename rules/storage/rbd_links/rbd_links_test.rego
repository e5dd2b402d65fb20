package rules.storage.rbd_links_test

import data.rules.storage.rbd_links

_host(krbd) := {"host": {"name": "a"}, "storage": {"storages": [{"type": "rbd", "id": "vm", "properties": [{"key": "krbd", "value": krbd}]}]}}

test_a_rule_for_krbd if {
	rbd_links.settings == {{"at": ["/storage/storages/0"], "option": ["services", "udev", "packages"], "value": [{"_ref": ["config", "services", "proxmox-ve", "package"]}]}} with input as _host("1")
}

test_none_for_librbd if {
	count(rbd_links.settings) == 0 with input as _host("0")
}

_tpm(key) := object.union(_host("0"), {"guests": [{"vmid": 100, "type": "qemu", "local": true, "config": [{"key": key, "fields": [{"name": "volume", "value": "vm:vm-100-disk-1"}]}]}]})

test_a_rule_for_the_state_of_a_tpm if {
	count(rbd_links.settings) == 1 with input as _tpm("tpmstate0")
	count(rbd_links.settings) == 0 with input as _tpm("efidisk0")
}
