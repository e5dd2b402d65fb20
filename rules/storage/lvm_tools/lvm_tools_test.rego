package rules.storage.lvm_tools_test

import data.rules.storage.lvm_tools

_host(type) := {"host": {"name": "a"}, "storage": {"storages": [{"type": type, "id": "local-lvm", "properties": []}]}}

test_fires_on_a_thin_pool if {
	lvm_tools.findings == {{"at": ["/storage/storages/0"], "vars": {"ids": "local-lvm"}}} with input as _host("lvmthin")
}

test_silent_on_a_directory if {
	count(lvm_tools.findings) == 0 with input as _host("dir")
}
