package rules.time.ntpd_serves_test

import data.rules.time.ntpd_serves

_host(key, value, state) := {
	"units": [{"name": "ntp.service", "file_state": state}],
	"system": {"ntp": [{"key": "restrict", "value": "-4 default kod nomodify limited", "source": "/etc/ntp.conf:1"}, {"key": "restrict", "value": "127.0.0.1", "source": "/etc/ntp.conf:2"}, {"key": key, "value": value, "source": "/etc/ntp.conf:3"}]},
}

test_fires_on_a_network_that_may_ask if {
	ntpd_serves.findings == {{"at": ["/system/ntp/2"], "vars": {"clients": "192.0.2.0"}}} with input as _host("restrict", "192.0.2.0 mask 255.255.255.0 nomodify", "enabled")
	count(ntpd_serves.findings) == 1 with input as _host("restrict", "2001:db8::/32 nomodify", "enabled")
	count(ntpd_serves.findings) == 1 with input as _host("broadcast", "192.0.2.255", "enabled")
}

test_silent_on_refusals_single_servers_and_a_daemon_that_is_off if {
	count(ntpd_serves.findings) == 0 with input as _host("restrict", "192.0.2.0 mask 255.255.255.0 ignore", "enabled")
	count(ntpd_serves.findings) == 0 with input as _host("restrict", "192.0.2.7 nomodify", "enabled")
	count(ntpd_serves.findings) == 0 with input as _host("restrict", "192.0.2.0 mask 255.255.255.0", "disabled")
}
