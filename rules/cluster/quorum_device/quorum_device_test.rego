package rules.cluster.quorum_device_test

import data.rules.cluster.quorum_device

_host(model) := {
	"packages": [{"name": "corosync-qdevice", "status": "installed"}],
	"units": [{"name": "corosync-qdevice.service", "file_state": "enabled"}],
	"cluster": {"corosync": [{"key": "quorum.provider", "value": "corosync_votequorum"}, {"key": "quorum.device.model", "value": model}, {"key": "quorum.device.net.host", "value": "10.0.0.9"}]},
}

_at := ["/cluster/corosync/1", "/cluster/corosync/2", "/packages/0", "/units/0"]

_value(path) := values[0] if {
	settings := quorum_device.settings with input as _host("net") with data.target as "proxmox"
	values := [s.value | some s in settings; count(s.option) > 2; array.slice(s.option, 3, count(s.option)) == path]
}

test_the_daemon_is_built_of_known_sources_and_runs_beside_corosync if {
	_value(["script"]) == "exec corosync-qdevice -f\n"
	_value(["requires"]) == ["corosync.service"]
	_value(["serviceConfig"]).Type == "notify"
	src := _value(["path"])[0]._call[1].src._call[1]
	src.sha256 == "0a4705abd17af795287ad3bb18c0abacf3c0027222e45f149cb9bebeb6056926"
}

test_certificates_and_facts_come_along if {
	{[c.path, c.secret, c.at] | some c in quorum_device.carries} == {["/etc/corosync/qdevice", true, _at]} with input as _host("net") with data.target as "proxmox"
	{b.at | some b in quorum_device.bridges} == {_at} with input as _host("net") with data.target as "proxmox"
	{[c.params.unit, c.required] | some c in quorum_device.checks} == {["corosync-qdevice.service", true]} with input as _host("net") with data.target as "proxmox"
}

test_silent_for_another_kind_of_device if {
	((count(quorum_device.settings) + count(quorum_device.carries)) + count(quorum_device.bridges)) + count(quorum_device.checks) == 0 with input as _host("disk") with data.target as "proxmox"
}

test_silent_without_a_device if {
	host := json.patch(_host("net"), [{"op": "replace", "path": "/cluster/corosync", "value": []}])
	count(quorum_device.settings) == 0 with input as host with data.target as "proxmox"
}
