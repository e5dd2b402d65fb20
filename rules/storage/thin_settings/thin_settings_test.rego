package rules.storage.thin_settings_test

import data.rules.storage.thin_settings

_host(type, status, files) := {
	"capture": {"areas": [{"name": "config_files", "status": status}]},
	"host": {"name": "a"},
	"config_files": [{"path": path, "properties": [{"key": "activation.thin_pool_autoextend_threshold", "value": value}]} | some [path, value] in files],
	"storage": {"storages": [{"type": type, "id": "local-lvm", "properties": []}]},
}

_lvm := "/etc/lvm/lvm.conf"

test_fires_on_a_pool_that_extends_itself if {
	thin_settings.findings == {{"at": ["/config_files/0/properties/0", "/storage/storages/0"], "vars": {"ids": "local-lvm", "threshold": "at 80 %"}}} with input as _host("lvmthin", "known", [[_lvm, "80"]])
}

test_the_local_file_counts if {
	count(thin_settings.findings) == 0 with input as _host("lvmthin", "known", [[_lvm, "80"], ["/etc/lvm/lvmlocal.conf", "100"]])
}

test_says_so_when_the_file_is_unknown if {
	thin_settings.findings == {{"at": ["/storage/storages/0"], "vars": {"ids": "local-lvm", "threshold": "whether and when is not known, the file could not be read"}}} with input as _host("lvmthin", "unknown", [])
}

test_silent_on_the_default if {
	count(thin_settings.findings) == 0 with input as _host("lvmthin", "known", [])
	count(thin_settings.findings) == 0 with input as _host("lvmthin", "known", [[_lvm, "100"]])
	count(thin_settings.findings) == 0 with input as _host("lvmthin", "partial", [[_lvm, "100"]])
}

test_silent_on_thick_volumes if {
	count(thin_settings.findings) == 0 with input as _host("lvm", "known", [[_lvm, "80"]])
}
