package rules.software.engine_socket_test

import data.rules.software.engine_socket

_host(restart, mount) := {"system": {"containers": [{"engine": "docker", "name": "portainer", "restart": restart, "mounts": [mount, "data"]}]}}

test_fires_on_the_socket if {
	engine_socket.findings == {{"at": ["/system/containers/0"], "vars": {"containers": "portainer"}}} with input as _host("always", "/var/run/docker.sock")
}

test_silent_on_other_sockets if {
	count(engine_socket.findings) == 0 with input as _host("always", "/run/dbus/system_bus_socket")
}

test_silent_on_a_container_that_was_run_once if {
	count(engine_socket.findings) == 0 with input as _host("no", "/var/run/docker.sock")
}

test_fires_on_a_container_that_runs_without_a_policy if {
	one := {"engine": "docker", "name": "portainer", "restart": "no", "running": true, "mounts": ["/var/run/docker.sock"]}
	count(engine_socket.findings) == 1 with input as {"system": {"containers": [one]}}
}
