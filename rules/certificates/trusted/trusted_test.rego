package rules.certificates.trusted_test

import data.rules.certificates.trusted

_host(paths) := {
	"certificates": [{"path": path, "subject": "CN=House"} | some path in paths],
	"local_files": [{"path": path, "kind": "file", "state": "local"} | some path in paths],
	"units": [{"name": "postfix.service", "file_state": "enabled"}],
	"system": {"mail": []},
}

_house := "/usr/local/share/ca-certificates/house.crt"

test_the_file_goes_along_and_is_put_behind_the_bundles if {
	host := _host([_house])
	trusted.carries == {{"at": ["/certificates/0", "/local_files/0"], "path": _house, "to": _house, "mode": "0644", "secret": false}} with input as host
	options := {concat(".", s.option): s.value | some s in trusted.settings} with input as host
	options["system.activationScripts.ownAuthorities"].deps == ["etc"]
	options["services.postfix.config.smtp_tls_CAfile"] == {"_mkForce": "/etc/ssl/certs/ca-certificates.crt"}
}

test_what_main_cf_names_stays if {
	host := object.union(_host([_house]), {"system": {"mail": [{"key": "smtp_tls_CAfile", "value": "/etc/x.pem"}]}})
	{s.option[0] | some s in trusted.settings} == {"system"} with input as host
}

test_silent_on_other_places_and_odd_names if {
	host := _host(["/etc/pve/pve-root-ca.pem", "/usr/local/share/ca-certificates/notes.txt", "/usr/local/share/ca-certificates/../x.crt"])
	count(trusted.carries) + count(trusted.settings) == 0 with input as host
}

test_a_file_that_is_told_twice_goes_along_once if {
	host := object.union(_host([_house]), {"certificates": [{"path": _house, "subject": "CN=House"}, {"path": _house, "subject": "CN=Other"}]})
	{c.at | some c in trusted.carries} == {["/certificates/0", "/certificates/1", "/local_files/0"]} with input as host
}
