package rules.notifications.target_is_guest_test

import data.rules.notifications.target_is_guest

_host(targets) := {
	"host": {"name": "pve", "domain": "school.example.org"},
	"system": {"mail": [{"key": "relayhost", "value": "[push.school.example.org]"}]},
	"guests": [{"vmid": 105, "type": "lxc", "local": true, "config": [{"key": "hostname", "value": "push"}]}],
	"notifications": array.concat(
		[
			{"type": "gotify", "id": "phone", "properties": [{"key": "server", "value": "https://push.school.example.org:8443"}]},
			{"type": "smtp", "id": "provider", "properties": [{"key": "server", "value": "smtp.example.com"}]},
			{"type": "smtp", "id": "local", "properties": [{"key": "server", "value": "localhost"}]},
			{"type": "sendmail", "id": "root", "properties": []},
		],
		[{"type": "matcher", "id": "all", "properties": [{"key": "target", "value": t} | some t in targets]}],
	),
}

test_fires_when_all_go_to_a_guest if {
	target_is_guest.findings == {{"at": ["/notifications/0"], "vars": {"target": "phone", "server": "push.school.example.org", "guest": "105 (push)"}}} with input as _host(["phone"])
}

test_fires_when_the_rest_is_relayed_by_a_guest if {
	count(target_is_guest.findings) == 1 with input as _host(["phone", "local", "root"])
}

test_silent_with_a_second_target_elsewhere if {
	count(target_is_guest.findings) == 0 with input as _host(["phone", "provider"])
}
