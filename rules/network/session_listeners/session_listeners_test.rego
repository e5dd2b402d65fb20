package rules.network.session_listeners_test

import data.lib.network_test
import data.rules.network.session_listeners

_host(listener) := object.union(
	network_test.host({"listeners": [object.union({"protocol": "tcp", "address": "0.0.0.0", "port": 8099, "program": "python3", "unit": "session-12.scope"}, listener)]}),
	{"capture": {"areas": [{"name": "network.listeners", "status": "known", "source": "file"}]}},
)

test_fires_for_a_program_of_a_session if {
	session_listeners.findings == {{"at": ["/network/listeners/0"], "vars": {"services": "python3 on port 8099/tcp"}}} with input as _host({})
}

test_silent_for_a_service if {
	count(session_listeners.findings) == 0 with input as _host({"unit": "web.service"})
}

test_silent_for_this_host_alone if {
	count(session_listeners.findings) == 0 with input as _host({"address": "127.0.0.1"})
}

test_silent_for_a_forwarded_display if {
	count(session_listeners.findings) == 0 with input as _host({"program": "sshd", "port": 6010})
}
