package rules.storage.zfs_shadows_test

import data.rules.storage.zfs_shadows

_host(properties) := {"host": {"name": "a"}, "storage": {"storages": [], "mounts": [], "zfs_pools": [{"name": "rpool", "root": true, "datasets": [{
	"name": "rpool/var",
	"kind": "filesystem",
	"properties": [{"name": k, "value": v} | some k, v in properties],
}]}]}}

test_fires_on_a_var_of_its_own if {
	zfs_shadows.findings == {{"at": ["/storage/zfs_pools/0/datasets/0"], "vars": {"places": "/var"}}} with input as _host({"mountpoint": "/var"})
}

test_silent_when_nothing_mounts_it if {
	count(zfs_shadows.findings) == 0 with input as _host({"mountpoint": "/var", "canmount": "off"})
}

test_silent_on_the_directory_of_the_installer if {
	count(zfs_shadows.findings) == 0 with input as _host({"mountpoint": "/var/lib/vz"})
}
