package rules.storage.zed_readers_test

import data.rules.storage.zed_readers

_host(value) := {"config_files": [{"path": "/etc/zfs/zed.d/zed.rc", "properties": [{"key": "ZED_EMAIL_ADDR", "value": value}]}]}

test_the_same_addresses if {
	zed_readers.settings == {{"at": ["/config_files/0/properties/0"], "option": ["services", "zfs", "zed", "settings", "ZED_EMAIL_ADDR"], "value": ["ops@example.net", "root"]}} with input as _host("\"ops@example.net root\"")
}

test_none_that_is_no_address if {
	count(zed_readers.settings) == 0 with input as _host("$(reboot)")
	count(zed_readers.settings) == 0 with input as _host("")
}
