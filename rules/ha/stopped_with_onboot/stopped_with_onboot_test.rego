package rules.ha.stopped_with_onboot_test

import data.rules.ha.stopped_with_onboot

_host(state, onboot) := {
	"guests": [{"vmid": 100, "type": "qemu", "local": true, "config": [{"key": "name", "value": "mail"}, {"key": "onboot", "value": onboot}]}],
	"cluster": {"ha_resources": [{"type": "vm", "id": "100", "properties": [{"key": "state", "value": state}]}]},
}

test_fires_on_a_guest_that_only_ha_keeps_down if {
	stopped_with_onboot.findings == {{"at": ["/cluster/ha_resources/0", "/guests/0/config/1"], "vars": {"sids": "vm:100"}}} with input as _host("stopped", "1")
}

test_silent_where_the_guest_would_not_start_anyway if {
	count(stopped_with_onboot.findings) == 0 with input as _host("stopped", "0")
}

test_silent_where_ha_starts_it if {
	count(stopped_with_onboot.findings) == 0 with input as _host("started", "1")
}
