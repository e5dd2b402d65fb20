package rules.incus.renamed_test

import data.rules.incus.renamed

_host(names) := {"guests": [{"vmid": 100 + i, "type": "qemu", "local": true, "config": [{"key": "name", "value": name}]} | some i, name in names]}

test_names_that_incus_does_not_take if {
	renamed.findings == {{"at": ["/guests/0", "/guests/1", "/guests/2", "/guests/3"], "vars": {"names": "100 is vm100, 101 is vm101, 102 is mail, 103 is vm103"}}} with input as _host(["web", "web", "mail.example.net", "under_score", "ok"])
}

test_silent_for_names_that_stay if {
	count(renamed.findings) == 0 with input as _host(["web", "db-1"])
}

test_a_guest_without_a_name_keeps_its_number if {
	count(renamed.findings) == 0 with input as {"guests": []}
}
