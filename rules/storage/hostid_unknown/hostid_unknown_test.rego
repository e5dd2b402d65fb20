package rules.storage.hostid_unknown_test

import data.rules.storage.hostid_unknown

_host(host, pools) := {"host": host, "storage": {"zfs_pools": pools, "storages": [], "mounts": []}}

test_fires_on_a_pool_without_id if {
	count(hostid_unknown.findings) == 1 with input as _host({"name": "a"}, [{"name": "rpool", "root": true}])
}

test_silent_when_the_id_is_known if {
	count(hostid_unknown.findings) == 0 with input as _host({"name": "a", "hostid": "8c5f1a2b"}, [{"name": "rpool", "root": true}])
}

test_silent_without_zfs if {
	count(hostid_unknown.findings) == 0 with input as _host({"name": "a"}, [])
}
