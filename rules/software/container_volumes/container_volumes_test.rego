package rules.software.container_volumes_test

import data.rules.software.container_volumes

_host(restart, mounts) := {"system": {"containers": [{"engine": "docker", "name": "db", "restart": restart, "mounts": mounts}]}}

test_fires_on_a_named_volume if {
	container_volumes.findings == {{
		"at": ["/system/containers/0"],
		"vars": {"engine": "docker", "path": "/var/lib/docker/volumes", "containers": "db"},
	}} with input as _host("unless-stopped", ["/etc/localtime", "db_data"])
}

test_silent_on_paths_of_the_host if {
	count(container_volumes.findings) == 0 with input as _host("always", ["/srv/db"])
}

test_silent_on_a_container_that_was_run_once if {
	count(container_volumes.findings) == 0 with input as _host("no", ["db_data"])
}

test_fires_on_a_container_that_runs_without_a_policy if {
	one := {"engine": "podman", "name": "db", "running": true, "mounts": ["db_data"]}
	{f.vars.path | some f in container_volumes.findings} == {"/var/lib/containers/storage/volumes"} with input as {"system": {"containers": [one]}}
}
