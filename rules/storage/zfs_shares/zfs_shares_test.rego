package rules.storage.zfs_shares_test

import data.rules.storage.zfs_shares

_host(value) := {"storage": {"zfs_pools": [{"name": "tank", "datasets": [{"name": "tank/media", "properties": [{"name": "sharenfs", "value": value, "origin": "local"}]}]}]}}

test_fires_on_a_shared_data_set if {
	zfs_shares.findings == {{"at": ["/storage/zfs_pools/0/datasets/0"], "vars": {"names": "tank/media"}}} with input as _host("rw=@192.0.2.0/24")
}

test_silent_when_sharing_is_off if {
	count(zfs_shares.findings) == 0 with input as _host("off")
}
