package rules.storage.thin_settings_test

import data.rules.storage.thin_settings

_host(type) := {"host": {"name": "a"}, "storage": {"storages": [{"type": type, "id": "local-lvm", "properties": []}]}}

test_fires_on_a_thin_pool if {
	count(thin_settings.findings) == 1 with input as _host("lvmthin")
}

test_silent_on_thick_volumes if {
	count(thin_settings.findings) == 0 with input as _host("lvm")
}
