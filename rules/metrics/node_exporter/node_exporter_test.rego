package rules.metrics.node_exporter_test

import data.rules.metrics.node_exporter

_host(args, state) := {
	"units": [{"name": "prometheus-node-exporter.service", "active_state": state, "file_state": state}],
	"config_files": [{"path": "/etc/default/prometheus-node-exporter", "properties": [{"key": "ARGS", "value": args}]}],
}

_options(args) := x if x := {s.option[4]: s.value | some s in node_exporter.settings} with input as _host(args, "enabled")

test_it_listens_and_collects_as_before if {
	_options("\"--web.listen-address=192.0.2.10:9101 --collector.systemd --no-collector.zfs --collector.textfile.directory=/var/lib/x\"") == {
		"enable": true, "listenAddress": "192.0.2.10", "port": 9101, "enabledCollectors": ["systemd"], "disabledCollectors": ["zfs"],
		"extraFlags": ["--collector.textfile.directory=/var/lib/x"],
	}
	_options("--web.listen-address=:9100") == {"enable": true, "port": 9100}
	_options("") == {"enable": true}
}

test_what_is_not_understood_leaves_all_to_a_person if {
	_options("--collector.systemd --path=$HOME;x") == {}
	_options("--collector.systemd extra") == {}
}

test_silent_where_it_does_not_run if {
	count(node_exporter.settings) == 0 with input as _host("--collector.systemd", "disabled")
}
