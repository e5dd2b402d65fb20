package rules.incus.templates_test

import data.rules.incus.templates

_host(value) := {"guests": [{"vmid": 900, "type": "qemu", "local": true, "config": [{"key": "template", "value": value}, {"key": "cores", "value": "1"}]}]}

test_a_template_with_all_its_keys if {
	templates.findings == {{"at": ["/guests/0", "/guests/0/config/0", "/guests/0/config/1"], "vars": {"vmids": "900"}}} with input as _host("1")
}

test_silent_for_a_guest_that_starts if {
	count(templates.findings) == 0 with input as _host("0")
}
