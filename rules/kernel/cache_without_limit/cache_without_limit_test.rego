package rules.kernel.cache_without_limit_test

import data.rules.kernel.cache_without_limit

_releases := {"releases": {"24.11": {"zfs": "2.2"}, "25.11": {"zfs": "2.3"}}, "kernel_parameters_dropped": {}}

_host(version, modprobe, parameters) := {
	"host": {"name": "pve"},
	"capture": {"areas": [{"name": "system.modprobe", "status": "known"}, {"name": "system.boot", "status": "known"}]},
	"packages": [{"name": "zfsutils-linux", "version": version, "status": "installed"}],
	"storage": {"zfs_pools": [{"name": "rpool", "root": true}], "storages": [], "mounts": []},
	"system": {"modprobe": modprobe, "boot": {"kernel_parameters": []}},
	"hardware": {"module_parameters": parameters},
	"guests": [{"vmid": 100, "type": "qemu", "local": true, "config": [{"key": "memory", "value": "16000"}]}],
}

test_fires_without_a_limit if {
	cache_without_limit.findings == {{
		"at": ["/storage/zfs_pools/0"],
		"vars": {"have": "2.2.7-pve2", "release": "25.11", "memory": 16},
	}} with input as _host("2.2.7-pve2", [], [{"module": "zfs", "name": "zfs_arc_max", "value": "0"}]) with data.catalog as _releases with data.release as "25.11"
}

test_silent_with_a_limit_in_the_file if {
	count(cache_without_limit.findings) == 0 with input as _host("2.2.7-pve2", [{"key": "options zfs", "value": "zfs_arc_max=1073741824"}], []) with data.catalog as _releases with data.release as "25.11"
}

test_silent_with_a_limit_that_runs if {
	count(cache_without_limit.findings) == 0 with input as _host("2.2.7-pve2", [], [{"module": "zfs", "name": "zfs_arc_max", "value": "1073741824"}]) with data.catalog as _releases with data.release as "25.11"
}

test_silent_with_a_limit_on_the_command_line if {
	host := object.union(_host("2.2.7-pve2", [], []), {"system": {"modprobe": [], "boot": {"kernel_parameters": [{"key": "zfs.zfs_arc_max", "value": "1073741824"}]}}})
	count(cache_without_limit.findings) == 0 with input as host with data.catalog as _releases with data.release as "25.11"
}

test_silent_where_the_default_is_the_same if {
	count(cache_without_limit.findings) == 0 with input as _host("2.3.4-pve1", [], []) with data.catalog as _releases with data.release as "25.11"
	count(cache_without_limit.findings) == 0 with input as _host("2.2.7-pve2", [], []) with data.catalog as _releases with data.release as "24.11"
}

test_fires_for_a_container_too if {
	host := json.patch(_host("2.2.7-pve2", [], []), [{"op": "replace", "path": "/guests/0/type", "value": "lxc"}])
	count(cache_without_limit.findings) == 1 with input as host with data.catalog as _releases with data.release as "25.11"
}
