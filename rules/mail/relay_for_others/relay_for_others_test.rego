package rules.mail.relay_for_others_test

import data.rules.mail.relay_for_others

_host(networks, interfaces, certificate) := {
	"units": [{"name": "postfix.service", "file_state": "enabled"}],
	"system": {"mail": [
		{"key": "mynetworks", "value": networks},
		{"key": "inet_interfaces", "value": interfaces},
		{"key": "smtpd_tls_cert_file", "value": certificate},
	]},
}

_own := "/etc/postfix/relay.pem"

test_fires_on_a_relay_for_a_network if {
	relay_for_others.findings == {{"at": ["/system/mail/0", "/system/mail/2"], "vars": {"networks": "192.0.2.0/24", "interfaces": "all", "certificate": "/etc/postfix/relay.pem"}}} with input as _host("127.0.0.0/8, 192.0.2.0/24", "all", _own)
}

test_silent_on_local_mail_and_on_debians_certificate if {
	count(relay_for_others.findings) == 0 with input as _host("127.0.0.0/8 [::1]/128", "all", _own)
	count(relay_for_others.findings) == 0 with input as _host("192.0.2.0/24", "loopback-only", _own)
	count(relay_for_others.findings) == 0 with input as _host("192.0.2.0/24", "all", "/etc/ssl/certs/ssl-cert-snakeoil.pem")
}
