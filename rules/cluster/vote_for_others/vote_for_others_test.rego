package rules.cluster.vote_for_others_test

import data.rules.cluster.vote_for_others

_host(state) := {
	"packages": [{"name": "corosync-qnetd", "status": "installed"}],
	"units": [{"name": "corosync-qnetd.service", "file_state": state}],
}

test_fires_where_it_is_in_use if {
	vote_for_others.findings == {{"at": ["/packages/0", "/units/0"], "vars": {}}} with input as _host("enabled") with data.answers as {"bridges": {"cluster": "no"}}
}

test_silent_where_it_is_installed_only if {
	count(vote_for_others.findings) == 0 with input as _host("disabled")
}

test_silent_where_it_goes_on if {
	count(vote_for_others.findings) == 0 with input as _host("enabled")
}
