package rules.storage.zfs_key_file_test

import data.rules.storage.zfs_key_file

_host(location) := {"storage": {"zfs_pools": [{"name": "tank", "datasets": [{"name": "tank/secure", "properties": [{"name": "keylocation", "value": location}]}]}]}}

test_fires_on_a_key_file if {
	zfs_key_file.findings == {{"at": ["/storage/zfs_pools/0/datasets/0"], "vars": {"names": "tank/secure", "files": "/etc/keys/tank"}}} with input as _host("file:///etc/keys/tank")
}

test_silent_on_a_key_that_is_typed if {
	count(zfs_key_file.findings) == 0 with input as _host("prompt")
}

test_silent_on_a_key_from_a_server if {
	count(zfs_key_file.findings) == 0 with input as _host("https://keys.example.net/tank")
}
