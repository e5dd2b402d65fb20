package rules.cluster.qdevice_test

import data.rules.cluster.qdevice

_host(corosync) := {
	"packages": [{"name": "corosync-qdevice", "status": "installed"}],
	"units": [{"name": "corosync-qdevice.service", "file_state": "enabled"}],
	"cluster": {"corosync": corosync, "nodes": []},
}

test_fires_on_a_device if {
	qdevice.findings == {{"at": ["/cluster/corosync/1", "/packages/0", "/units/0"], "vars": {}}} with input as _host([{"key": "quorum.provider", "value": "corosync_votequorum"}, {"key": "quorum.device.model", "value": "disk"}]) with data.target as "proxmox"
}

test_silent_where_the_daemon_runs if {
	count(qdevice.findings) == 0 with input as _host([{"key": "quorum.device.model", "value": "net"}]) with data.target as "proxmox"
}

test_silent_on_the_package_alone if {
	count(qdevice.findings) == 0 with input as _host([{"key": "quorum.provider", "value": "corosync_votequorum"}])
}
