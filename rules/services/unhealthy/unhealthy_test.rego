package rules.services.unhealthy_test

import data.rules.services.unhealthy

_host(name, state) := {
	"units": [{"name": "cron.service", "file_state": "enabled", "active_state": "failed"}, {"name": name, "file_state": "enabled", "active_state": state}],
	"cluster": {"corosync": []},
}

test_fires_on_a_service_that_stopped if {
	unhealthy.findings == {{"at": ["/units/1"], "vars": {"units": "pvestatd.service"}}} with input as _host("pvestatd.service", "inactive")
}

test_silent_on_a_service_that_runs if {
	count(unhealthy.findings) == 0 with input as _host("pvestatd.service", "active")
}

test_silent_on_corosync_of_a_host_of_its_own if {
	count(unhealthy.findings) == 0 with input as _host("corosync.service", "inactive")
}

test_silent_where_the_state_is_not_known if {
	count(unhealthy.findings) == 0 with input as {"units": [{"name": "pvestatd.service", "file_state": "enabled"}], "cluster": {"corosync": []}}
}
