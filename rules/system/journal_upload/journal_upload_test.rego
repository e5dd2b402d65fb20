package rules.system.journal_upload_test

import data.rules.system.journal_upload

_host(state, lines) := {
	"units": [{"name": "systemd-journal-upload.service", "file_state": state}],
	"config_files": [{"path": "/etc/systemd/journal-upload.conf", "properties": [{"key": sprintf("Upload.%s", [key]), "value": value} | some [key, value] in lines]}],
}

_lines := [["URL", "https://logs.example.org:19532"], ["ServerKeyFile", "/etc/ssl/private/journal.pem"], ["TrustedCertificateFile", "all"]]

test_lines_and_keys_go_along if {
	host := _host("enabled", _lines)
	options := {concat(".", s.option): s.value | some s in journal_upload.settings} with input as host
	options["services.journald.upload.enable"] == true
	options["services.journald.upload.settings.Upload.URL"] == "https://logs.example.org:19532"
	options["services.journald.upload.settings.Upload.TrustedCertificateFile"] == "all"
	options["systemd.tmpfiles.rules"] == ["z /etc/ssl/private/journal.pem 0640 root systemd-journal -"]
	{c.path | some c in journal_upload.carries} == {"/etc/ssl/private/journal.pem"} with input as host
	{c.params.unit | some c in journal_upload.checks} == {"systemd-journal-upload.service"} with input as host
}

test_silent_where_it_does_not_run_or_goes_nowhere if {
	every host in [_host("disabled", _lines), _host("enabled", [["ServerKeyFile", "/etc/x.pem"]])] {
		(count(journal_upload.settings) + count(journal_upload.carries)) + count(journal_upload.checks) == 0 with input as host
	}
}

test_a_line_that_cannot_be_said_leaves_all_of_it if {
	every line in [["ServerKeyFile", "/etc/../key"], ["ServerCertificateFile", "/srv/c.pem"], ["URL", "https://x y"], ["Header", "a: b"]] {
		count(journal_upload.settings) == 0 with input as _host("enabled", array.concat(_lines, [line]))
	}
}
