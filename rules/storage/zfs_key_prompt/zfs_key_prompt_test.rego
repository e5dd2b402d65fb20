package rules.storage.zfs_key_prompt_test

import data.rules.storage.zfs_key_prompt

_host(location) := {"host": {"name": "a"}, "storage": {"storages": [], "mounts": [], "zfs_pools": [{"name": "tank", "root": false, "datasets": [{"name": "tank/private", "properties": [{"name": "keylocation", "value": location}]}]}]}}

test_fires_on_a_passphrase if {
	zfs_key_prompt.findings == {{"at": ["/storage/zfs_pools/0/datasets/0"], "vars": {"names": "tank/private"}}} with input as _host("prompt")
}

test_silent_on_a_file if {
	count(zfs_key_prompt.findings) == 0 with input as _host("file:///etc/keys/tank")
}

test_silent_without_encryption if {
	count(zfs_key_prompt.findings) == 0 with input as _host("none")
}
