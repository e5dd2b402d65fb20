package rules.time.ntpd_serves_test

import data.rules.time.ntpd_serves

_host(key, value, state) := {
	"units": [{"name": "ntp.service", "file_state": state}],
	"system": {"ntp": [{"key": "restrict", "value": "-4 default kod nomodify limited", "source": "/etc/ntp.conf:1"}, {"key": "restrict", "value": "127.0.0.1", "source": "/etc/ntp.conf:2"}, {"key": key, "value": value, "source": "/etc/ntp.conf:3"}]},
}

test_fires_on_what_chrony_does_not_say if {
	ntpd_serves.findings == {{"at": ["/system/ntp/2"], "vars": {"clients": "192.0.2.255"}}} with input as _host("broadcast", "192.0.2.255", "enabled")
	count(ntpd_serves.findings) == 1 with input as _host("restrict", "192.0.2.0 mask 255.0.255.0", "enabled")
	count(ntpd_serves.settings) == 0 with input as _host("restrict", "192.0.2.0 mask 255.0.255.0", "enabled")
}

_lines := {s.option[2]: s.value | some s in ntpd_serves.settings}

test_networks_may_ask_chrony if {
	_lines == {"enable": true, "extraConfig": "allow 192.0.2.0/24\n"} with input as _host("restrict", "192.0.2.0 mask 255.255.255.0 nomodify", "enabled")
	_lines.extraConfig == "allow 2001:db8::/32\n" with input as _host("restrict", "-6 2001:db8::/32 nomodify", "enabled")
	count(ntpd_serves.findings) == 0 with input as _host("restrict", "192.0.2.0 mask 255.255.255.0 nomodify", "enabled")
}

test_silent_on_refusals_single_servers_and_a_daemon_that_is_off if {
	count(ntpd_serves.findings | ntpd_serves.settings) == 0 with input as _host("restrict", "192.0.2.0 mask 255.255.255.0 ignore", "enabled")
	count(ntpd_serves.findings | ntpd_serves.settings) == 0 with input as _host("restrict", "192.0.2.7 nomodify", "enabled")
	count(ntpd_serves.findings | ntpd_serves.settings) == 0 with input as _host("restrict", "192.0.2.0 mask 255.255.255.0", "disabled")
}
