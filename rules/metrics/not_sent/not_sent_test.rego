package rules.metrics.not_sent_test

import data.rules.metrics.not_sent

_host(disable) := {"metrics": [{"type": "influxdb", "id": "dash", "properties": [{"key": "server", "value": "x"}, {"key": "disable", "value": disable}]}]}

test_fires_on_a_server_that_is_on if {
	not_sent.findings == {{"at": ["/metrics/0"], "vars": {"servers": "dash", "target": "incus"}}} with input as _host("0")
		with data.target as "incus"
}

test_silent_on_one_that_is_off_and_where_pvestatd_runs if {
	count(not_sent.findings) == 0 with input as _host("1")
		with data.target as "incus"
	count(not_sent.findings) == 0 with input as _host("0")
		with data.target as "proxmox"
}
