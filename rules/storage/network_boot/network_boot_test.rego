package rules.storage.network_boot_test

import data.rules.storage.network_boot

_host(type, content) := {"host": {"name": "a"}, "storage": {"storages": [{"type": type, "id": "nas", "properties": [{"key": "content", "value": content, "fields": []}]}]}}

test_fires_on_disks_on_nfs if {
	network_boot.findings == {{"at": ["/storage/storages/0"], "vars": {"ids": "nas"}}} with input as _host("nfs", "images,iso")
}

test_silent_on_backups_and_images_of_cds if {
	count(network_boot.findings) == 0 with input as _host("nfs", "backup,iso")
}

test_silent_on_a_local_directory if {
	count(network_boot.findings) == 0 with input as _host("dir", "images")
}
