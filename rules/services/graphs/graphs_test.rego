package rules.services.graphs_test

import data.rules.services.graphs

_host(state) := {"host": {"pve_version": "8.4.1"}, "units": [{"name": "rrdcached.service", "file_state": state}]}

test_fires_where_values_are_kept if {
	graphs.findings == {{"at": ["/units/0"], "vars": {"version": "8.4.1"}}} with input as _host("enabled") with data.target as "proxmox"
}

test_silent_where_it_does_not_run if {
	count(graphs.findings) == 0 with input as _host("disabled") with data.target as "proxmox"
}

test_silent_where_pve_goes if {
	count(graphs.findings) == 0 with input as _host("enabled") with data.target as "incus"
}
