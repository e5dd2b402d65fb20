package rules.users.sshd_match_test

import data.rules.users.sshd_match

_host(key) := {"system": {"sshd": [{"key": key, "value": "x", "fields": [], "source": "/etc/ssh/sshd_config:1"}]}}

test_fires_on_a_condition_and_what_is_below_it if {
	count(sshd_match.findings) == 1 with input as _host("Match")
	count(sshd_match.findings) == 1 with input as _host("Match/ForceCommand")
}

test_silent_on_a_plain_line if {
	count(sshd_match.findings) == 0 with input as _host("MaxAuthTries")
}
