package lib.lines_test

import data.lib.lines

_host := {"config_files": [
	{"path": "/etc/a.conf", "properties": [{"key": "x", "value": "1"}, {"key": "y", "value": "2"}]},
	{"path": "/etc/b.conf", "properties": []},
]}

test_files_are_known_by_path if {
	object.keys(lines.files) == {"/etc/a.conf", "/etc/b.conf"} with input as _host
	lines.files["/etc/b.conf"].at == "/config_files/1" with input as _host
}

test_lines_are_known_by_key if {
	lines.by_key("/etc/a.conf").y.at == "/config_files/0/properties/1" with input as _host
	not lines.by_key("/etc/c.conf") with input as _host
}

test_a_line_has_a_pointer if lines.at("/etc/a.conf", 1) == "/config_files/0/properties/1" with input as _host
