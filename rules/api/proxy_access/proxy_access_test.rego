package rules.api.proxy_access_test

import data.rules.api.proxy_access

_host(state, lines) := {
	"units": [{"name": "pveproxy.service", "file_state": state}],
	"config_files": [{"path": "/etc/default/pveproxy", "properties": [{"key": key, "value": value} | some [key, value] in lines]}],
}

_lines := [["ALLOW_FROM", "\"192.0.2.0/24,2001:db8::/32\""], ["DENY_FROM", "all"], ["POLICY", "deny"], ["POLICY", "allow"], ["CIPHERS", "HIGH:!aNULL"], ["DHPARAMS", "/etc/dh.pem"]]

test_the_same_lines if {
	proxy_access.settings == {{
		"at": ["/config_files/0/properties/0", "/config_files/0/properties/1", "/config_files/0/properties/2", "/config_files/0/properties/3", "/config_files/0/properties/4"],
		"option": ["environment", "etc", "default/pveproxy", "text"],
		"value": "ALLOW_FROM=\"192.0.2.0/24,2001:db8::/32\"\nCIPHERS=\"HIGH:!aNULL\"\nDENY_FROM=\"all\"\nPOLICY=\"allow\"\n",
	}} with input as _host("enabled", _lines)
}

test_nothing_where_one_of_those_who_may_come_is_not_understood if {
	count(proxy_access.settings) == 0 with input as _host("enabled", array.concat(_lines, [["LISTEN_IP", "$(ip)"]]))
	count(proxy_access.settings) == 0 with input as _host("disabled", _lines)
}

test_a_cipher_of_another_form_is_left_out if {
	{s.value | some s in proxy_access.settings} == {"LISTEN_IP=\"192.0.2.1\"\n"} with input as _host("enabled", [["LISTEN_IP", "192.0.2.1"], ["CIPHERS", "a`b`"]])
}
