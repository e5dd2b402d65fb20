package rules.system.log_forwarding_test

import data.rules.system.log_forwarding

_host(line, state) := {
	"units": [{"name": "rsyslog.service", "file_state": state}],
	"config_files": [{"path": "/etc/rsyslog.d/10-remote.conf", "properties": [
		{"key": "$ActionQueueType", "value": "$ActionQueueType LinkedList"},
		{"key": "x", "value": line},
	]}],
}

test_sent_as_before if {
	log_forwarding.settings == {
		{"at": ["/config_files/0/properties/0", "/config_files/0/properties/1"], "option": ["services", "rsyslogd", "extraConfig"], "value": "$ActionQueueType LinkedList\n*.* @@loghost.example.net:6514\n"},
	} with input as _host("*.* @@loghost.example.net:6514", "enabled")
	count(log_forwarding.findings) == 0 with input as _host("*.* @@loghost.example.net:6514", "enabled")
	count(log_forwarding.settings) == 1 with input as _host(`*.* action(type="omfwd" target="192.0.2.9" port="514" protocol="udp")`, "enabled")
}

test_fires_on_an_action_with_a_form_of_its_own if {
	host := _host(`*.* action(type="omfwd" target="192.0.2.9" port="514" template="mine")`, "enabled")
	log_forwarding.findings == {{"at": ["/config_files/0/properties/1"], "vars": {"targets": "192.0.2.9"}}} with input as host
	count(log_forwarding.settings) == 0 with input as host
}

_encrypted := object.union(_host("*.* @@loghost", "enabled"), {"config_files": array.concat(_host("*.* @@loghost", "enabled").config_files, [{"path": "/etc/rsyslog.d/00-tls.conf", "properties": [{"key": "a", "value": line} | some line in _tls]}])})

_tls := ["$DefaultNetstreamDriver gtls", "$DefaultNetstreamDriverCAFile /etc/ssl/loghost-ca.pem", "$ActionSendStreamDriverMode 1", "$ActionSendStreamDriverAuthMode x509/name"]

_with(line) := json.patch(_encrypted, [{"op": "add", "path": "/config_files/1/properties/-", "value": {"key": "b", "value": line}}])

test_what_was_encrypted_is_encrypted_with_its_files if {
	count(log_forwarding.findings) == 0 with input as _encrypted
	{c.path | some c in log_forwarding.carries} == {"/etc/ssl/loghost-ca.pem"} with input as _encrypted
	every line in _tls {
		{contains(s.value, line) | some s in log_forwarding.settings} == {true} with input as _encrypted
	}
	count(log_forwarding.carries) == 0 with input as _host("*.* @@loghost.example.net:6514", "enabled")
}

test_what_was_encrypted_is_not_sent_in_plain_text if {
	every line in ["$DefaultNetstreamDriver ossl", "global(defaultNetstreamDriverCAFile=\"$x\")", "$DefaultNetstreamDriverKeyFile /srv/key.pem", "$DefaultNetstreamDriverKeyFile /etc/ssl/../key.pem"] {
		count(log_forwarding.findings) == 1 with input as _with(line)
		count(log_forwarding.settings) == 0 with input as _with(line)
		count(log_forwarding.carries) == 0 with input as _with(line)
	}
}

test_silent_on_a_file if {
	count(log_forwarding.findings) == 0 with input as _host("auth,authpriv.* /var/log/auth.log", "enabled")
}

test_silent_where_rsyslog_does_not_run if {
	count(log_forwarding.findings | log_forwarding.settings) == 0 with input as _host("*.* @loghost", "disabled")
}
