package rules.mail.relay_for_others_test

import data.rules.mail.relay_for_others

_host(networks, interfaces, certificate) := {
	"local_files": [{"path": "/etc/postfix/relay.key"}, {"path": "/etc/a/../shadow"}],
	"certificates": [{"path": "/etc/postfix/relay.pem"}],
	"units": [{"name": "postfix.service", "file_state": "enabled"}],
	"system": {"mail": [
		{"key": "mynetworks", "value": networks},
		{"key": "inet_interfaces", "value": interfaces},
		{"key": "smtpd_tls_cert_file", "value": certificate},
	]},
}

_own := "/etc/letsencrypt/live/mail/fullchain.pem"

test_fires_on_a_relay_whose_certificate_is_renewed if {
	relay_for_others.findings == {{"at": ["/system/mail/0", "/system/mail/2"], "vars": {"networks": "192.0.2.0/24", "interfaces": "all", "certificate": _own}}} with input as _host("127.0.0.0/8, 192.0.2.0/24", "all", _own)
	count(relay_for_others.settings | relay_for_others.carries) == 0 with input as _host("127.0.0.0/8, 192.0.2.0/24", "all", _own)
}

_carried := "/var/lib/pve2nix/etc/postfix/relay.pem"

_with(more) := object.union(_host("192.0.2.0/24", "all", "/etc/postfix/relay.pem"), {"system": {"mail": array.concat(_host("192.0.2.0/24", "all", "/etc/postfix/relay.pem").system.mail, more)}})

test_a_certificate_of_its_own_is_carried if {
	host := _with([{"key": "smtpd_tls_security_level", "value": "may"}, {"key": "smtpd_tls_CAfile", "value": "/etc/ssl/certs/ca-certificates.crt"}])
	count(relay_for_others.findings) == 0 with input as host
	{[s.option[3], s.value] | some s in relay_for_others.settings} == {["smtpd_tls_cert_file", _carried], ["smtpd_tls_security_level", "may"], ["smtpd_tls_CAfile", "/etc/ssl/certs/ca-certificates.crt"]} with input as host
	{[c.path, c.to, c.mode] | some c in relay_for_others.carries} == {["/etc/postfix/relay.pem", _carried, "0600"]} with input as host
}

test_no_file_that_is_not_there if {
	count(relay_for_others.settings) == 0 with input as _with([{"key": "smtpd_tls_key_file", "value": "/etc/postfix/gone.key"}])
	count(relay_for_others.findings) == 1 with input as _with([{"key": "smtpd_tls_key_file", "value": "/etc/postfix/gone.key"}])
}

test_no_value_of_another_form if {
	{s.option[3] | some s in relay_for_others.settings} == {"smtpd_tls_cert_file"} with input as _with([{"key": "smtpd_tls_security_level", "value": "may\n"}])
	count(relay_for_others.settings) == 0 with input as _with([{"key": "smtpd_tls_key_file", "value": "/etc/a/../shadow"}])
}

test_silent_on_local_mail_and_on_debians_certificate if {
	count(relay_for_others.findings) == 0 with input as _host("127.0.0.0/8 [::1]/128", "all", _own)
	count(relay_for_others.findings) == 0 with input as _host("192.0.2.0/24", "loopback-only", _own)
	count(relay_for_others.findings) == 0 with input as _host("192.0.2.0/24", "all", "/etc/ssl/certs/ssl-cert-snakeoil.pem")
}
