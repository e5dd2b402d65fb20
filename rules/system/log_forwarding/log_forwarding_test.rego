package rules.system.log_forwarding_test

import data.rules.system.log_forwarding

_host(line, state) := {
	"units": [{"name": "rsyslog.service", "file_state": state}],
	"config_files": [{"path": "/etc/rsyslog.d/10-remote.conf", "properties": [
		{"key": "$ActionQueueType", "value": "$ActionQueueType LinkedList"},
		{"key": "x", "value": line},
	]}],
}

test_fires_on_a_log_host if {
	log_forwarding.findings == {{
		"at": ["/config_files/0/properties/1"],
		"vars": {"targets": "loghost.example.net:6514"},
	}} with input as _host("*.* @@loghost.example.net:6514", "enabled")
}

test_fires_on_an_action if {
	some f in log_forwarding.findings with input as _host(`*.* action(type="omfwd" target="192.0.2.9" port="514" protocol="udp")`, "enabled")
	f.vars.targets == "192.0.2.9"
}

test_silent_on_a_file if {
	count(log_forwarding.findings) == 0 with input as _host("auth,authpriv.* /var/log/auth.log", "enabled")
}

test_silent_where_rsyslog_does_not_run if {
	count(log_forwarding.findings) == 0 with input as _host("*.* @loghost", "disabled")
}
