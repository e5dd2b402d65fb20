package rules.system.mail_test

import data.rules.system.mail

_host(name, mail) := {
	"packages": [{"name": name, "status": "installed"}],
	"units": [{"name": "postfix.service", "active_state": "active", "drop_ins": []}],
	"system": {"mail": [{"key": l[0], "value": l[1], "fields": []} | some l in mail]},
}

_options(host) := x if x := {concat(".", s.option): s.value | some s in mail.settings} with input as host

test_relay_and_networks if {
	_options(_host("postfix", [
		["relayhost", "[smtp.example.net]:587"],
		["mydestination", "$myhostname, localhost"],
		["inet_interfaces", "loopback-only"],
		["biff", "no"],
	])) == {
		"services.postfix.enable": true,
		"services.postfix.config.relayhost": ["[smtp.example.net]:587"],
		"services.postfix.config.mydestination": ["$myhostname", "localhost"],
		"services.postfix.config.inet_interfaces": "loopback-only",
	}
}

test_an_empty_relay_is_an_empty_list if {
	_options(_host("postfix", [["relayhost", ""]]))["services.postfix.config.relayhost"] == []
}

test_silent_without_postfix_and_on_files_of_debian if {
	_options(_host("exim4", [["relayhost", "smtp"]])) == {}
	not _options(_host("postfix", [["myorigin", "/etc/mailname"]]))["services.postfix.config.myorigin"]
}

test_of_a_parameter_that_is_set_twice_the_last_line_holds if {
	_options(_host("postfix", [["myhostname", "old"], ["myhostname", "new"]]))["services.postfix.config.myhostname"] == "new"
}

_named(name) := object.union(_host("postfix", [["myorigin", "/etc/mailname"]]), {"system": {
	"mail_name": name,
	"mail": [{"key": "myorigin", "value": "/etc/mailname", "fields": []}],
}})

test_the_sender_is_what_the_file_of_debian_says if {
	_options(_named("example.org"))["services.postfix.config.myorigin"] == "example.org"
	not _options(_named("${x}"))["services.postfix.config.myorigin"]
}
