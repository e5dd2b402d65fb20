package rules.access.sync_removes_test

import data.rules.access.sync_removes

_host(job, defaults) := {
	"access": {"realms": [{"type": "ldap", "id": "corp", "properties": [{"key": "sync-defaults-options", "value": "", "fields": defaults}]}]},
	"jobs": {"scheduled": [{"type": "vzdump", "id": "b", "properties": []}, {"type": "realm-sync", "id": "daily", "properties": array.concat([{"key": "realm", "value": "corp"}], job)}]},
}

test_fires_on_a_job_that_removes if {
	sync_removes.findings == {{"at": ["/jobs/scheduled/1"], "vars": {"realm": "corp", "job": "daily", "removes": "acl;entry"}}} with input as _host([{"key": "remove-vanished", "value": "acl;entry"}], [])
}

test_fires_on_the_defaults_of_the_realm if {
	sync_removes.findings == {{"at": ["/jobs/scheduled/1"], "vars": {"realm": "corp", "job": "daily", "removes": "entry"}}} with input as _host([], [{"name": "remove-vanished", "value": "entry"}])
}

test_silent_on_a_job_that_is_off_or_removes_properties if {
	count(sync_removes.findings) == 0 with input as _host([{"key": "remove-vanished", "value": "entry"}, {"key": "enabled", "value": "0"}], [])
	count(sync_removes.findings) == 0 with input as _host([{"key": "remove-vanished", "value": "properties"}], [])
}

test_fires_on_the_words_of_pve_7 if {
	{f.vars.removes | some f in sync_removes.findings} == {"acl;entry"} with input as _host([], [{"name": "full", "value": "1"}, {"name": "purge", "value": "1"}])
}

test_silent_where_the_words_of_pve_7_say_no if {
	count(sync_removes.findings) == 0 with input as _host([], [{"name": "full", "value": "0"}, {"name": "scope", "value": "both"}])
}
