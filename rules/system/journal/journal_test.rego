package rules.system.journal_test

import data.rules.system.journal

_host(lines) := {"config_files": [
	{"path": "/etc/systemd/journald.conf", "properties": [{"key": l[0], "value": l[1]} | some l in lines]},
	{"path": "/etc/systemd/journald.conf.d/size.conf", "properties": [{"key": "Journal.SystemMaxUse", "value": "1G"}]},
	{"path": "/etc/systemd/journald.conf.d/size.conf.old", "properties": [{"key": "Journal.SystemMaxUse", "value": "9G"}]},
]}

test_lines_keep_their_order if {
	journal.settings == {{
		"at": ["/config_files/0/properties/0", "/config_files/1/properties/0"],
		"option": ["services", "journald", "extraConfig"], "value": "SystemMaxUse=2G\nSystemMaxUse=1G\n",
	}} with input as _host([["Journal.SystemMaxUse", "2G"]])
}

test_what_is_no_line_of_the_journal_is_left if {
	some s in journal.settings with input as _host([["Journal.Storage", "auto\n[Manager]"], ["Upload.URL", "x"], ["Journal.a b", "1"]])
	s.at == ["/config_files/1/properties/0"]
}
