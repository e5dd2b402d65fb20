package rules.storage.esxi_import_test

import data.rules.storage.esxi_import

_host(properties) := {"host": {"name": "a"}, "storage": {"storages": [{"type": "esxi", "id": "vmware", "properties": properties}]}}

test_fires_on_a_source if {
	esxi_import.findings == {{"at": ["/storage/storages/0"], "vars": {"ids": "vmware", "first": "vmware"}}} with input as _host([])
}

test_silent_when_it_is_off if {
	count(esxi_import.findings) == 0 with input as _host([{"key": "disable", "value": ""}])
}
