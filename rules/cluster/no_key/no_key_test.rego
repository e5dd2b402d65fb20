package rules.cluster.no_key_test

import data.rules.cluster.no_key

_host(lines) := {"cluster": {"nodes": [], "corosync": array.concat([{"key": "totem.version", "value": "2"}], lines)}}

test_fires_where_it_is_off if {
	no_key.findings == {{"at": ["/cluster/corosync/0", "/cluster/corosync/1"], "vars": {}}} with input as _host([{"key": "totem.secauth", "value": "off"}])
}

test_fires_where_nothing_is_said if {
	count(no_key.findings) == 1 with input as _host([{"key": "totem.crypto_cipher", "value": "none"}])
}

test_silent_with_a_cipher_alone if {
	count(no_key.findings) == 0 with input as _host([{"key": "totem.crypto_cipher", "value": "aes256"}])
}

test_silent_where_it_is_on if {
	count(no_key.findings) == 0 with input as _host([{"key": "totem.secauth", "value": "on"}])
}

test_silent_without_corosync if {
	count(no_key.findings) == 0 with input as {"cluster": {"nodes": [], "corosync": []}}
}

test_silent_on_a_transport_that_knows_no_key if {
	count(no_key.findings) == 0 with input as _host([{"key": "totem.secauth", "value": "off"}, {"key": "totem.transport", "value": "udpu"}])
}
