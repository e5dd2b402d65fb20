package rules.notifications.old_sections_test

import data.rules.notifications.old_sections

_host(type) := {"notifications": [{"type": "sendmail", "id": "m", "properties": []}, {"type": type, "id": "old", "properties": []}]}

test_fires_on_a_group_and_a_filter if {
	every type in ["group", "filter"] {
		old_sections.findings == {{"at": ["/notifications/1"], "vars": {"leftovers": sprintf("%s: old", [type])}}} with input as _host(type)
	}
}

test_silent_on_a_matcher if {
	count(old_sections.findings) == 0 with input as _host("matcher")
}
