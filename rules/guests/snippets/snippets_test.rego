package rules.guests.snippets_test

import data.rules.guests.snippets

_file(path, kind) := {"path": path, "kind": kind, "state": "local"}

test_data_of_cloud_init_and_scripts_that_nobody_runs if {
	snippets.carries == {
		{"at": ["/local_files/0"], "path": "/var/lib/vz/snippets/user.yaml", "to": "/var/lib/vz/snippets/user.yaml", "mode": "0600", "secret": true},
		{"at": ["/local_files/1"], "path": "/var/lib/vz/snippets/old.sh", "to": "/var/lib/vz/snippets/old.sh", "mode": "0755", "secret": true},
	} with input as {"local_files": [_file("/var/lib/vz/snippets/user.yaml", "file"), _file("/var/lib/vz/snippets/old.sh", "script")]}
}

test_a_file_that_is_said_twice if {
	snippets.carries == {{"at": ["/local_files/0", "/local_files/1"], "path": "/var/lib/vz/snippets/a", "to": "/var/lib/vz/snippets/a", "mode": "0600", "secret": true}} with input as {"local_files": [_file("/var/lib/vz/snippets/a", "file"), _file("/var/lib/vz/snippets/a", "script")]}
}

test_a_hook_script_comes_with_its_guest if {
	count(snippets.carries) == 0 with input as {
		"local_files": [_file("/var/lib/vz/snippets/a.pl", "script")],
		"storage": {"storages": [{"id": "local", "type": "dir", "properties": [{"key": "path", "value": "/var/lib/vz"}]}]},
		"guests": [{"vmid": 100, "type": "qemu", "local": true, "config": [{"key": "hookscript", "value": "local:snippets/a.pl"}]}],
	}
}

test_silent_on_other_files_and_names if {
	count(snippets.carries) == 0 with input as {"local_files": [
		_file("/var/lib/vz/template/iso/a.iso", "file"),
		_file("/var/lib/vz/snippets/../../x", "file"),
		_file("/var/lib/vz/snippets/.hidden", "file"),
		_file("/var/lib/vz/snippets/a", "link"),
		{"path": "/var/lib/vz/snippets/b", "kind": "file", "state": "missing"},
	]}
}
