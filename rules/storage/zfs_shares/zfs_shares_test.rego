package rules.storage.zfs_shares_test

import data.rules.storage.zfs_shares

_host(value) := {"storage": {"zfs_pools": [{"name": "tank", "datasets": [{"name": "tank/media", "properties": [{"name": "sharenfs", "value": value, "origin": "local"}]}]}]}}

test_fires_on_a_shared_data_set if {
	zfs_shares.findings == {{"at": ["/storage/zfs_pools/0/datasets/0"], "vars": {"names": "tank/media"}}} with input as _host("rw=@192.0.2.0/24")
}

test_silent_when_sharing_is_off if {
	count(zfs_shares.findings) == 0 with input as _host("off")
}

_served(state, more) := {
	"units": [{"name": "nfs-server.service", "file_state": state}],
	"storage": {"zfs_pools": [{"name": "tank", "datasets": [{"name": "tank/media", "properties": array.concat([{"name": "sharenfs", "value": "on", "origin": "local"}], more)}]}]},
}

test_exported_where_the_server_runs if {
	zfs_shares.settings == {{"at": ["/storage/zfs_pools/0/datasets/0"], "option": ["services", "nfs", "server", "enable"], "value": true}} with input as _served("enabled", [])
	zfs_shares.bridges == {{"at": ["/storage/zfs_pools/0/datasets/0"], "bridge": "storage", "params": {"unit": "nfs-server.service", "closes": ["PVE-STO-033"]}}} with input as _served("enabled", [])
}

test_not_where_no_server_ran_or_samba_has_it_too if {
	count(zfs_shares.bridges | zfs_shares.settings) == 0 with input as _served("disabled", [])
	count(zfs_shares.bridges | zfs_shares.settings) == 0 with input as _served("enabled", [{"name": "sharesmb", "value": "on", "origin": "local"}])
}
