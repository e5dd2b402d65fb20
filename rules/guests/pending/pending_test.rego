package rules.guests.pending_test

import data.rules.guests.pending

_host(pending) := {"guests": [{"vmid": 103, "type": "qemu", "local": true, "config": [], "pending": pending}]}

test_fires_on_what_waits if {
	pending.findings == {{
		"at": ["/guests/0/pending/0", "/guests/0/pending/1"],
		"vars": {"changes": "103 memory, 103 without shares"},
	}} with input as _host([{"key": "memory", "value": "1024"}, {"key": "delete", "value": "shares"}])
}

test_silent_when_nothing_waits if {
	count(pending.findings) == 0 with input as _host([])
}
