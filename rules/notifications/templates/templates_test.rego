package rules.notifications.templates_test

import data.rules.notifications.templates

_host(disable) := {"notifications": [
	{"type": "gotify", "id": "push", "properties": [{"key": "server", "value": "https://push.example.org"}]},
	{"type": "matcher", "id": "all", "properties": [{"key": "target", "value": "push"}, {"key": "disable", "value": disable}]},
]}

test_fires_on_a_target_that_gets_messages if {
	templates.findings == {{"at": ["/notifications/0"], "vars": {}}} with input as _host("0")
}

test_silent_where_nothing_is_sent_and_on_other_targets if {
	count(templates.findings) == 0 with input as _host("1")
}

_link := {
	"at": ["/notifications/0"],
	"option": ["systemd", "tmpfiles", "settings", "10-notification-templates", "/usr/share/pve-manager", "L+", "argument"],
	"value": {"_concat": [{"_ref": ["config", "services", "proxmox-ve", "package"]}, "/share/pve-manager"]},
}

test_linked_where_a_message_is_sent if {
	templates.settings == {_link} with input as _host("0")
	templates.bridges == {{"at": ["/notifications/0"], "bridge": "service", "params": {"path": "/usr/share/pve-manager", "closes": ["PVE-NTF-001"]}}} with input as _host("0")
}

test_no_link_where_nothing_is_sent if {
	count(templates.settings) == 0 with input as _host("1")
	count(templates.bridges) == 0 with input as _host("1")
}
